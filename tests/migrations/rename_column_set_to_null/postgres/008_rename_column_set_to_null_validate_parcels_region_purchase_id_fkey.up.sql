-- Up: proves the foreign key parcels_region_purchase_id_fkey of parcels.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Locks: SHARE UPDATE EXCLUSIVE on parcels, which lets rows be read and written; ROW SHARE on
--   orders.
-- Takes: as long as every row takes to be read.
-- Reads: every row of parcels, orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
ALTER TABLE parcels
    VALIDATE CONSTRAINT parcels_region_purchase_id_fkey;
