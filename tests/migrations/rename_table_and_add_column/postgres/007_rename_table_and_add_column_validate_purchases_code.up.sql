-- Up: proves that no row has NULL in purchases.code.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: backfill.
-- Locks: SHARE UPDATE EXCLUSIVE on purchases, which lets rows be read and written.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE purchases
    VALIDATE CONSTRAINT purchases_code_not_null;
