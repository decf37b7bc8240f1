-- no-transaction
-- Down: fills orders.due_on in batches of 1000 rows, each in a transaction of its own.
-- Why: takes back what the way up did (makes sure that orders.due_at holds what orders.due_on
--   held).
-- Phase: expand.
-- Locks: ROW EXCLUSIVE on orders, and the rows of one batch.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of orders.
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
            SELECT id INTO first_id FROM orders ORDER BY id LIMIT 1;
        ELSE
            SELECT id INTO first_id FROM orders WHERE id > last_id ORDER BY id LIMIT 1;
        END IF;
        EXIT WHEN first_id IS NULL;
        SELECT id INTO last_id
        FROM (SELECT id FROM orders WHERE id >= first_id ORDER BY id LIMIT 1000) AS batch
        ORDER BY id DESC LIMIT 1;
        BEGIN
            IF EXISTS (
                SELECT FROM orders WHERE id >= first_id AND id <= last_id
                    AND due_at IS NOT NULL AND due_at IS DISTINCT FROM (CAST(CAST(due_at AT TIME ZONE 'UTC' AS DATE) AS TIMESTAMP) AT TIME ZONE 'UTC')
            ) THEN
                RAISE EXCEPTION 'some rows have values in orders.due_at that DATE does not take'
                    USING HINT = 'give these rows a value in orders.due_at that DATE takes, and run this file again';
            END IF;
            UPDATE orders
            SET due_on = CAST(due_at AT TIME ZONE 'UTC' AS DATE)
            WHERE id >= first_id AND id <= last_id
                AND due_on IS DISTINCT FROM CAST(due_at AT TIME ZONE 'UTC' AS DATE);
        EXCEPTION WHEN data_exception THEN
            RAISE EXCEPTION 'some rows have values in orders.due_at that DATE does not take'
                USING HINT = 'give these rows a value in orders.due_at that DATE takes, and run this file again';
        END;
        COMMIT;
        rows_done := rows_done + 1000;
        PERFORM set_config('application_name', 'backfill: ' || rows_done || ' rows of orders', false);
    END LOOP;
    PERFORM set_config('application_name', session_name, false);
END
$$;
