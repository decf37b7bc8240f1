-- no-transaction
-- Down: adds the foreign key parcels_region_order_id_fkey of parcels again.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of parcels, orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE parcels
    DROP CONSTRAINT IF EXISTS parcels_region_order_id_fkey;
