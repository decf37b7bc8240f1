-- no-transaction
-- Up: puts the foreign key parcels_region_order_id_fkey of parcels in the place of the old one.
-- Why: every row keeps to the new one.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE parcels
    RENAME CONSTRAINT parcels_region_order_id_fkey_new TO parcels_region_order_id_fkey;
