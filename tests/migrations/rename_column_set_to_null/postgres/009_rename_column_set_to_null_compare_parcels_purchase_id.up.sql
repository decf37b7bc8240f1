-- Up: makes sure that parcels.purchase_id holds what parcels.order_id held.
-- Why: a column is dropped only when its values are known to be in the other one.
-- Phase: contract.
-- Locks: ACCESS SHARE on parcels.
-- Takes: as long as every row takes to be read.
-- Reads: every row of parcels.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM parcels WHERE purchase_id IS DISTINCT FROM order_id) THEN
        RAISE EXCEPTION 'parcels.purchase_id does not hold what parcels.order_id held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
