-- Up: makes sure that no two rows of users are the same in users_pkey.
-- Why: a unique index that cannot be built is found out when it is nearly done, and holds up
--   writers until it is dropped.
-- Phase: contract.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Looks: first at the rows of users.
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
    FROM (SELECT min(id::TEXT) || ' and ' || max(id::TEXT) AS found FROM users WHERE email IS NOT NULL AND id IS NOT NULL GROUP BY email, id HAVING count(*) > 1 LIMIT 10) AS look;
    IF found_rows IS NOT NULL THEN
        RAISE EXCEPTION 'some rows of users have the same values in (email, id), which is to be unique'
            USING DETAIL = 'the first pairs, by id: ' || found_rows,
                HINT = 'change or delete all but one of each: SELECT email, id, count(*) FROM users WHERE email IS NOT NULL AND id IS NOT NULL GROUP BY email, id HAVING count(*) > 1;';
    END IF;
EXCEPTION
    WHEN data_exception THEN
        RAISE EXCEPTION 'some rows of users have the same values in (email, id), which is to be unique'
            USING DETAIL = SQLERRM,
                HINT = 'change or delete all but one of each: SELECT email, id, count(*) FROM users WHERE email IS NOT NULL AND id IS NOT NULL GROUP BY email, id HAVING count(*) > 1;';
    WHEN query_canceled THEN
        IF current_setting('statement_timeout') = '0'
            OR clock_timestamp() - statement_timestamp() < current_setting('statement_timeout')::INTERVAL
        THEN
            RAISE;
        END IF;
        PERFORM set_config('tablewright.looked', 'partly', true);
        RAISE NOTICE 'there was no time to look at every row of users: what follows looks at the others';
END
$$;

