-- Up: forbids NULL in orders.number by a check that is not proved yet.
-- Why: a check that is proved lets SET NOT NULL skip its look at every row.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Looks: first at the rows of orders.
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
    FROM (SELECT id::TEXT AS found FROM orders WHERE number IS NULL LIMIT 10) AS look;
    IF found_rows IS NOT NULL THEN
        RAISE EXCEPTION 'some rows have NULL in orders.number, which is to have none'
            USING DETAIL = 'the first of them, by id: ' || found_rows,
                HINT = 'give them a value: SELECT id FROM orders WHERE number IS NULL;';
    END IF;
EXCEPTION
    WHEN data_exception THEN
        RAISE EXCEPTION 'some rows have NULL in orders.number, which is to have none'
            USING DETAIL = SQLERRM,
                HINT = 'give them a value: SELECT id FROM orders WHERE number IS NULL;';
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
    ADD CONSTRAINT orders_number_not_null CHECK (number IS NOT NULL) NOT VALID;
