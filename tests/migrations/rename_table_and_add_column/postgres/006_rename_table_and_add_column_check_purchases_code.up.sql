-- Up: forbids NULL in purchases.code by a check that is not proved yet.
-- Why: a check that is proved lets SET NOT NULL skip its look at every row.
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Looks: first at the rows of purchases.
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
    FROM (SELECT id::TEXT AS found FROM purchases WHERE code IS NULL LIMIT 10) AS look;
    IF found_rows IS NOT NULL THEN
        RAISE EXCEPTION 'some rows have NULL in purchases.code, which is to have none'
            USING DETAIL = 'the first of them, by id: ' || found_rows,
                HINT = 'give them a value: SELECT id FROM purchases WHERE code IS NULL;';
    END IF;
EXCEPTION
    WHEN data_exception THEN
        RAISE EXCEPTION 'some rows have NULL in purchases.code, which is to have none'
            USING DETAIL = SQLERRM,
                HINT = 'give them a value: SELECT id FROM purchases WHERE code IS NULL;';
    WHEN query_canceled THEN
        IF current_setting('statement_timeout') = '0'
            OR clock_timestamp() - statement_timestamp() < current_setting('statement_timeout')::INTERVAL
        THEN
            RAISE;
        END IF;
        PERFORM set_config('tablewright.looked', 'partly', true);
        RAISE NOTICE 'there was no time to look at every row of purchases: what follows looks at the others';
END
$$;

ALTER TABLE purchases
    ADD CONSTRAINT purchases_code_not_null CHECK (code IS NOT NULL) NOT VALID;
