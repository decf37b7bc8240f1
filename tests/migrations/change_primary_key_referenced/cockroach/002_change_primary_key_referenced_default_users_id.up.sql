-- no-transaction
-- Up: takes the default of users.id away.
-- Why: rows that are there keep their values.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE users
    ALTER COLUMN id DROP DEFAULT;
