-- Up: adds the column orders.weight_new, empty.
-- Why: it takes the place of orders.weight, which the old release goes on using.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Looks: first at the rows of orders.
-- Acknowledged: no loss in orders.weight.
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
    FROM (SELECT id::TEXT AS found FROM orders WHERE CAST(weight AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(weight AS DOUBLE PRECISION) AS BIGINT) AS TEXT) LIMIT 10) AS look;
    IF found_rows IS NOT NULL THEN
        RAISE EXCEPTION 'some rows have values in orders.weight that DOUBLE PRECISION does not take'
            USING DETAIL = 'the first of them, by id: ' || found_rows,
                HINT = 'give them values that it takes: SELECT id FROM orders WHERE CAST(weight AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(weight AS DOUBLE PRECISION) AS BIGINT) AS TEXT);';
    END IF;
EXCEPTION
    WHEN data_exception THEN
        RAISE EXCEPTION 'some rows have values in orders.weight that DOUBLE PRECISION does not take'
            USING DETAIL = SQLERRM,
                HINT = 'give them values that it takes: SELECT id FROM orders WHERE CAST(weight AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(weight AS DOUBLE PRECISION) AS BIGINT) AS TEXT);';
    WHEN query_canceled THEN
        IF current_setting('statement_timeout') = '0'
            OR clock_timestamp() - statement_timestamp() < current_setting('statement_timeout')::INTERVAL
        THEN
            RAISE;
        END IF;
        PERFORM set_config('tablewright.looked', 'partly', true);
        RAISE NOTICE 'there was no time to look at every row of orders: what follows looks at the others';
END
$$;

ALTER TABLE orders
    ADD COLUMN weight_new DOUBLE PRECISION;
