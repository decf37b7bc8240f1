-- no-transaction
-- Down: fills parcels.order_id in batches of 1000 rows, each in a transaction of its own.
-- Why: takes back what the way up did (makes sure that parcels.purchase_id holds what
--   parcels.order_id held).
-- Phase: expand.
-- Locks: ROW EXCLUSIVE on parcels, and the rows of one batch.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of parcels.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
DECLARE
    first_id UUID;
    last_id UUID;
    rows_done BIGINT := 0;
    session_name TEXT := current_setting('application_name');
BEGIN
    LOOP
        PERFORM set_config('row_security', 'off', true);
        PERFORM set_config('tablewright.fill', 'on', true);
        IF first_id IS NULL THEN
            SELECT id INTO first_id FROM parcels ORDER BY id LIMIT 1;
        ELSE
            SELECT id INTO first_id FROM parcels WHERE id > last_id ORDER BY id LIMIT 1;
        END IF;
        EXIT WHEN first_id IS NULL;
        SELECT id INTO last_id
        FROM (SELECT id FROM parcels WHERE id >= first_id ORDER BY id LIMIT 1000) AS batch
        ORDER BY id DESC LIMIT 1;
        UPDATE parcels
        SET order_id = purchase_id
        WHERE id >= first_id AND id <= last_id
            AND order_id IS DISTINCT FROM purchase_id;
        COMMIT;
        rows_done := rows_done + 1000;
        PERFORM set_config('application_name', 'backfill: ' || rows_done || ' rows of parcels', false);
    END LOOP;
    PERFORM set_config('application_name', session_name, false);
END
$$;
