-- Up: makes goods.slug VARCHAR(80).
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on goods, while every row is written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of goods.
-- Looks: first at the rows of goods.
-- Prepared: a statement of an open connection fails once where it returns goods.slug.
-- Acknowledged: rewrites goods, no loss in goods.slug.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

DO $$
-- This looks for rows in the way, before anything is locked.
#variable_conflict use_column
DECLARE
    found_rows TEXT;
BEGIN
    SELECT string_agg(look.found, ', ') INTO found_rows
    FROM (SELECT id::TEXT AS found FROM goods WHERE char_length(slug::text) > 80 LIMIT 10) AS look;
    IF found_rows IS NOT NULL THEN
        RAISE EXCEPTION 'some rows have values in goods.slug that VARCHAR(80) does not take'
            USING DETAIL = 'the first of them, by id: ' || found_rows,
                HINT = 'change or delete them: SELECT id FROM goods WHERE char_length(slug::text) > 80;';
    END IF;
EXCEPTION
    WHEN data_exception THEN
        RAISE EXCEPTION 'some rows have values in goods.slug that VARCHAR(80) does not take'
            USING DETAIL = SQLERRM,
                HINT = 'change or delete them: SELECT id FROM goods WHERE char_length(slug::text) > 80;';
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

SET LOCAL row_security = off;
LOCK TABLE goods IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM goods WHERE char_length(slug::text) > 80) THEN
        RAISE EXCEPTION 'some rows have values in goods.slug that VARCHAR(80) does not take'
            USING HINT = 'change the rows of SELECT * FROM goods WHERE char_length(slug::text) > 80; and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in goods.slug that VARCHAR(80) does not take'
        USING HINT = 'change the rows of SELECT * FROM goods WHERE char_length(slug::text) > 80; and run this file again';
END
$$;
ALTER TABLE goods
    ALTER COLUMN slug TYPE VARCHAR(80) USING slug::VARCHAR(80);
