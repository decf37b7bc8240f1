-- Down: drops the check purchases_code_not_null, where it is left.
-- Why: takes back what the way up did (forbids NULL in purchases.code by a check that is not proved
--   yet).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    DROP CONSTRAINT IF EXISTS purchases_code_not_null;
