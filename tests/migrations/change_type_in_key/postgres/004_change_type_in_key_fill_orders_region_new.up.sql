-- no-transaction
-- Up: fills orders.region_new in batches of 1000 rows, each in a transaction of its own.
-- Why: one UPDATE over the table would lock every row until it ends.
-- Phase: backfill.
-- Locks: ROW EXCLUSIVE on orders, and the rows of one batch.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
DECLARE
    first_region INTEGER;
    first_id UUID;
    last_region INTEGER;
    last_id UUID;
    rows_done BIGINT := 0;
    session_name TEXT := current_setting('application_name');
BEGIN
    LOOP
        PERFORM set_config('row_security', 'off', true);
        PERFORM set_config('tablewright.fill', 'on', true);
        IF first_region IS NULL THEN
            SELECT region, id INTO first_region, first_id FROM orders ORDER BY region, id LIMIT 1;
        ELSE
            SELECT region, id INTO first_region, first_id FROM orders WHERE (region, id) > (last_region, last_id) ORDER BY region, id LIMIT 1;
        END IF;
        EXIT WHEN first_region IS NULL;
        SELECT region, id INTO last_region, last_id
        FROM (SELECT region, id FROM orders WHERE (region, id) >= (first_region, first_id) ORDER BY region, id LIMIT 1000) AS batch
        ORDER BY region DESC, id DESC LIMIT 1;
        UPDATE orders
        SET region_new = CAST(region AS BIGINT)
        WHERE (region, id) >= (first_region, first_id) AND (region, id) <= (last_region, last_id)
            AND region IS DISTINCT FROM CAST(region_new AS INTEGER);
        COMMIT;
        rows_done := rows_done + 1000;
        PERFORM set_config('application_name', 'backfill: ' || rows_done || ' rows of orders', false);
    END LOOP;
    PERFORM set_config('application_name', session_name, false);
END
$$;
