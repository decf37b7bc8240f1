-- no-transaction
-- Up: renames the constraints and indexes of accounts.
-- Why: their names follow from the names of the table and its columns.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE accounts
    RENAME CONSTRAINT users_pkey TO accounts_pkey;
