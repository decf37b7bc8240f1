-- Down: lets purchases.code take NULL.
-- Why: takes back what the way up did (forbids NULL in purchases.code).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    ALTER COLUMN code DROP NOT NULL;
