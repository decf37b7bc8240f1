-- no-transaction
-- Down: renames the constraints and indexes of accounts back.
-- Why: takes back what the way up did (renames the constraints and indexes of accounts).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE accounts
    RENAME CONSTRAINT accounts_pkey TO users_pkey;
