-- Up: adds the check events_kind_name_check of events, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2026_01, events_2026_02.
-- Takes: an instant, once it has the lock.
-- Looks: first at the rows of events.
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
    FROM (SELECT ROW(id, created_at)::TEXT AS found FROM events WHERE NOT (kind_name <> '') LIMIT 10) AS look;
    IF found_rows IS NOT NULL THEN
        RAISE EXCEPTION 'some rows break the check events_kind_name_check of events'
            USING DETAIL = 'the first of them, by id, created_at: ' || found_rows,
                HINT = 'change or delete them: SELECT id, created_at FROM events WHERE NOT (kind_name <> '''');';
    END IF;
EXCEPTION
    WHEN data_exception THEN
        RAISE EXCEPTION 'some rows break the check events_kind_name_check of events'
            USING DETAIL = SQLERRM,
                HINT = 'change or delete them: SELECT id, created_at FROM events WHERE NOT (kind_name <> '''');';
    WHEN query_canceled THEN
        IF current_setting('statement_timeout') = '0'
            OR clock_timestamp() - statement_timestamp() < current_setting('statement_timeout')::INTERVAL
        THEN
            RAISE;
        END IF;
        PERFORM set_config('tablewright.looked', 'partly', true);
        RAISE NOTICE 'there was no time to look at every row of events: what follows looks at the others';
END
$$;

ALTER TABLE events
    ADD CONSTRAINT events_kind_name_check CHECK (kind_name <> '') NOT VALID;
