-- no-transaction
-- Up: fills events.label in batches of 1000 rows, each in a transaction of its own.
-- Why: one UPDATE over the table would lock every row until it ends.
-- Phase: backfill.
-- Locks: ROW EXCLUSIVE on events, and the rows of one batch; and on the partitions events_2026_01.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of events.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
DECLARE
    first_id UUID;
    first_created_at TIMESTAMPTZ;
    last_id UUID;
    last_created_at TIMESTAMPTZ;
    rows_done BIGINT := 0;
    session_name TEXT := current_setting('application_name');
BEGIN
    LOOP
        PERFORM set_config('row_security', 'off', true);
        PERFORM set_config('tablewright.fill', 'on', true);
        IF first_id IS NULL THEN
            SELECT id, created_at INTO first_id, first_created_at FROM events ORDER BY id, created_at LIMIT 1;
        ELSE
            SELECT id, created_at INTO first_id, first_created_at FROM events WHERE (id, created_at) > (last_id, last_created_at) ORDER BY id, created_at LIMIT 1;
        END IF;
        EXIT WHEN first_id IS NULL;
        SELECT id, created_at INTO last_id, last_created_at
        FROM (SELECT id, created_at FROM events WHERE (id, created_at) >= (first_id, first_created_at) ORDER BY id, created_at LIMIT 1000) AS batch
        ORDER BY id DESC, created_at DESC LIMIT 1;
        UPDATE events
        SET label = upper(kind_name)
        WHERE (id, created_at) >= (first_id, first_created_at) AND (id, created_at) <= (last_id, last_created_at)
            AND label IS NULL;
        COMMIT;
        rows_done := rows_done + 1000;
        PERFORM set_config('application_name', 'backfill: ' || rows_done || ' rows of events', false);
    END LOOP;
    PERFORM set_config('application_name', session_name, false);
END
$$;
