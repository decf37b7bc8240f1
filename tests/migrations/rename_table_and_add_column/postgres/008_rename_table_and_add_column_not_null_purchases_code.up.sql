-- Up: forbids NULL in purchases.code.
-- Why: the check proves it, so no row is read.
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    ALTER COLUMN code SET NOT NULL;
