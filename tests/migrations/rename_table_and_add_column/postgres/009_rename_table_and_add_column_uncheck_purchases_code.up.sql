-- Up: drops the check purchases_code_not_null.
-- Why: NOT NULL says the same.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    DROP CONSTRAINT IF EXISTS purchases_code_not_null;
