-- no-transaction
-- Down: puts the foreign key parcels_region_order_id_fkey of parcels back as it was.
-- Why: takes back what the way up did (puts the foreign key parcels_region_order_id_fkey of parcels
--   in the place of the old one).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on parcels; SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of parcels, orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM parcels WHERE parcels.region IS NOT NULL AND parcels.order_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders AS target WHERE target.region = parcels.region AND target.id = parcels.order_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key parcels_region_order_id_fkey of parcels, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM parcels WHERE parcels.region IS NOT NULL AND parcels.order_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders AS target WHERE target.region = parcels.region AND target.id = parcels.order_id); and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE parcels
    DROP CONSTRAINT IF EXISTS parcels_region_order_id_fkey_old;
ALTER TABLE parcels
    ADD CONSTRAINT parcels_region_order_id_fkey_old FOREIGN KEY (region, order_id) REFERENCES orders (region, id) ON DELETE RESTRICT NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE parcels
    VALIDATE CONSTRAINT parcels_region_order_id_fkey_old;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE parcels
    RENAME CONSTRAINT parcels_region_order_id_fkey TO parcels_region_order_id_fkey_new;
ALTER TABLE parcels
    RENAME CONSTRAINT parcels_region_order_id_fkey_old TO parcels_region_order_id_fkey;
COMMIT;
