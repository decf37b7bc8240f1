-- Down: renames the constraints and indexes of accounts back.
-- Why: takes back what the way up did (renames the constraints and indexes of accounts).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on accounts.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE accounts
    RENAME CONSTRAINT accounts_pkey TO customers_pkey;
