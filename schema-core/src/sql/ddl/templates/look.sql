DO $$
-- This looks for rows in the way, before anything is locked.
#variable_conflict use_column
DECLARE
    found_rows TEXT;
BEGIN
    SELECT string_agg(look.found, ', ') INTO found_rows
    FROM ({{query}} LIMIT 10) AS look;
    IF found_rows IS NOT NULL THEN
        RAISE EXCEPTION {{message}}
            USING DETAIL = {{which}} || found_rows,
                HINT = {{hint}};
    END IF;
EXCEPTION
    WHEN data_exception THEN
        RAISE EXCEPTION {{message}}
            USING DETAIL = SQLERRM,
                HINT = {{hint}};
    WHEN query_canceled THEN
        IF current_setting('statement_timeout') = '0'
            OR clock_timestamp() - statement_timestamp() < current_setting('statement_timeout')::INTERVAL
        THEN
            RAISE;
        END IF;
        PERFORM set_config('tablewright.looked', 'partly', true);
        RAISE NOTICE {{partly}};
END
$$;
