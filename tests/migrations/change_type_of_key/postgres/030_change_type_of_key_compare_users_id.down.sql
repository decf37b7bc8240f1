-- no-transaction
-- Down: fills users.id_old in batches of 1000 rows, each in a transaction of its own.
-- Why: takes back what the way up did (makes sure that users.id holds what users.id_old held).
-- Phase: expand.
-- Locks: ROW EXCLUSIVE on users, and the rows of one batch.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of users.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
DECLARE
    first_id BIGINT;
    last_id BIGINT;
    rows_done BIGINT := 0;
    session_name TEXT := current_setting('application_name');
BEGIN
    LOOP
        PERFORM set_config('row_security', 'off', true);
        PERFORM set_config('tablewright.fill', 'on', true);
        IF first_id IS NULL THEN
            SELECT id INTO first_id FROM users ORDER BY id LIMIT 1;
        ELSE
            SELECT id INTO first_id FROM users WHERE id > last_id ORDER BY id LIMIT 1;
        END IF;
        EXIT WHEN first_id IS NULL;
        SELECT id INTO last_id
        FROM (SELECT id FROM users WHERE id >= first_id ORDER BY id LIMIT 1000) AS batch
        ORDER BY id DESC LIMIT 1;
        BEGIN
            IF EXISTS (
                SELECT FROM users WHERE id >= first_id AND id <= last_id
                    AND id IS NOT NULL AND id IS DISTINCT FROM CAST(CAST(id AS INTEGER) AS BIGINT)
            ) THEN
                RAISE EXCEPTION 'some rows have values in users.id that INTEGER does not take'
                    USING HINT = 'give these rows a value in users.id that INTEGER takes, and run this file again';
            END IF;
            UPDATE users
            SET id_old = CAST(id AS INTEGER)
            WHERE id >= first_id AND id <= last_id
                AND id_old IS DISTINCT FROM CAST(id AS INTEGER);
        EXCEPTION WHEN data_exception THEN
            RAISE EXCEPTION 'some rows have values in users.id that INTEGER does not take'
                USING HINT = 'give these rows a value in users.id that INTEGER takes, and run this file again';
        END;
        COMMIT;
        rows_done := rows_done + 1000;
        PERFORM set_config('application_name', 'backfill: ' || rows_done || ' rows of users', false);
    END LOOP;
    PERFORM set_config('application_name', session_name, false);
END
$$;
