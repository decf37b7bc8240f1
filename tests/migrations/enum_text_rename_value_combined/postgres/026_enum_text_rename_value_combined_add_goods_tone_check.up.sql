-- Up: adds the check goods_tone_check of goods, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Looks: first at the rows of goods.
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
    FROM (SELECT id::TEXT AS found FROM goods WHERE NOT (tone IN ('low', 'mid', 'top')) LIMIT 10) AS look;
    IF found_rows IS NOT NULL THEN
        RAISE EXCEPTION 'some rows break the check goods_tone_check of goods'
            USING DETAIL = 'the first of them, by id: ' || found_rows,
                HINT = 'change or delete them: SELECT id FROM goods WHERE NOT (tone IN (''low'', ''mid'', ''top''));';
    END IF;
EXCEPTION
    WHEN data_exception THEN
        RAISE EXCEPTION 'some rows break the check goods_tone_check of goods'
            USING DETAIL = SQLERRM,
                HINT = 'change or delete them: SELECT id FROM goods WHERE NOT (tone IN (''low'', ''mid'', ''top''));';
    WHEN query_canceled THEN
        IF current_setting('statement_timeout') = '0'
            OR clock_timestamp() - statement_timestamp() < current_setting('statement_timeout')::INTERVAL
        THEN
            RAISE;
        END IF;
        PERFORM set_config('tablewright.looked', 'partly', true);
        RAISE NOTICE 'there was no time to look at every row of goods: what follows looks at the others';
END
$$;

ALTER TABLE goods
    ADD CONSTRAINT goods_tone_check CHECK (tone IN ('low', 'mid', 'top')) NOT VALID;
