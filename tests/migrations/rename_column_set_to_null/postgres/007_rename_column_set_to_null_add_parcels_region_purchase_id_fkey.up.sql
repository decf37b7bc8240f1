-- Up: adds the foreign key parcels_region_purchase_id_fkey of parcels, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: backfill.
-- Locks: SHARE ROW EXCLUSIVE on parcels and orders.
-- Takes: an instant, once it has the lock.
-- Looks: first at the rows of parcels.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
-- This looks for rows in the way, before anything is locked.
#variable_conflict use_column
DECLARE
    found_rows TEXT;
BEGIN
    SELECT string_agg(look.found, ', ') INTO found_rows
    FROM (SELECT id::TEXT AS found FROM parcels WHERE parcels.region IS NOT NULL AND parcels.purchase_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders AS target WHERE target.region = parcels.region AND target.id = parcels.purchase_id) LIMIT 10) AS look;
    IF found_rows IS NOT NULL THEN
        RAISE EXCEPTION 'some rows break the foreign key parcels_region_purchase_id_fkey of parcels'
            USING DETAIL = 'the first of them, by id: ' || found_rows,
                HINT = 'change or delete them: SELECT id FROM parcels WHERE parcels.region IS NOT NULL AND parcels.purchase_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders AS target WHERE target.region = parcels.region AND target.id = parcels.purchase_id);';
    END IF;
EXCEPTION
    WHEN data_exception THEN
        RAISE EXCEPTION 'some rows break the foreign key parcels_region_purchase_id_fkey of parcels'
            USING DETAIL = SQLERRM,
                HINT = 'change or delete them: SELECT id FROM parcels WHERE parcels.region IS NOT NULL AND parcels.purchase_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders AS target WHERE target.region = parcels.region AND target.id = parcels.purchase_id);';
    WHEN query_canceled THEN
        IF current_setting('statement_timeout') = '0'
            OR clock_timestamp() - statement_timestamp() < current_setting('statement_timeout')::INTERVAL
        THEN
            RAISE;
        END IF;
        PERFORM set_config('tablewright.looked', 'partly', true);
        RAISE NOTICE 'there was no time to look at every row of parcels: what follows looks at the others';
END
$$;

ALTER TABLE parcels
    ADD CONSTRAINT parcels_region_purchase_id_fkey FOREIGN KEY (region, purchase_id) REFERENCES orders (region, id) ON DELETE SET NULL (purchase_id) NOT VALID;
