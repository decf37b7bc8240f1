-- no-transaction
-- Down: adds the foreign key parcels_region_order_id_fkey of parcels again.
-- Why: takes back what the way up did (drops the foreign key parcels_region_order_id_fkey of
--   parcels).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of parcels, orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM parcels WHERE parcels.region IS NOT NULL AND parcels.order_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders AS target WHERE target.region = parcels.region AND target.id = parcels.order_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key parcels_region_order_id_fkey of parcels, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM parcels WHERE parcels.region IS NOT NULL AND parcels.order_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders AS target WHERE target.region = parcels.region AND target.id = parcels.order_id); and run this file again';
    END IF;
END
$$;
