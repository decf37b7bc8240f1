-- no-transaction
-- Up: fills orders.weight_new in batches of 1000 rows, each in a transaction of its own.
-- Why: one UPDATE over the table would lock every row until it ends.
-- Phase: backfill.
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
        PERFORM set_config('extra_float_digits', '1', true);
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
                    AND CAST(weight AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(weight AS DOUBLE PRECISION) AS BIGINT) AS TEXT)
            ) THEN
                RAISE EXCEPTION 'some rows have values in orders.weight that DOUBLE PRECISION does not take'
                    USING HINT = 'give these rows a value in orders.weight that DOUBLE PRECISION takes, and run this file again';
            END IF;
            UPDATE orders
            SET weight_new = CAST(weight AS DOUBLE PRECISION)
            WHERE id >= first_id AND id <= last_id
                AND (SELECT r FROM (SELECT weight_new) AS r) *<> (SELECT r FROM (SELECT CAST(weight AS DOUBLE PRECISION)) AS r) AND weight IS DISTINCT FROM CAST(weight_new AS BIGINT);
        EXCEPTION WHEN data_exception THEN
            RAISE EXCEPTION 'some rows have values in orders.weight that DOUBLE PRECISION does not take'
                USING HINT = 'give these rows a value in orders.weight that DOUBLE PRECISION takes, and run this file again';
        END;
        COMMIT;
        rows_done := rows_done + 1000;
        PERFORM set_config('application_name', 'backfill: ' || rows_done || ' rows of orders', false);
    END LOOP;
    PERFORM set_config('application_name', session_name, false);
END
$$;
