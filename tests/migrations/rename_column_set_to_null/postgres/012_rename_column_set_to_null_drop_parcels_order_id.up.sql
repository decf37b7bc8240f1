-- no-transaction
-- Up: drops the column parcels.order_id and what kept it alike.
-- Why: its values are in parcels.purchase_id.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on parcels.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of parcels.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM parcels WHERE order_id IS NOT NULL AND purchase_id IS DISTINCT FROM order_id) THEN
        RAISE EXCEPTION 'parcels.purchase_id does not hold what parcels.order_id held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER parcels_purchase_id_sync ON parcels;
DROP FUNCTION parcels_purchase_id_sync();
ALTER TABLE parcels
    DROP COLUMN order_id;
COMMIT;
