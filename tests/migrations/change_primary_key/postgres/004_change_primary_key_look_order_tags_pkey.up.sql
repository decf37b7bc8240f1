-- Up: makes sure that no two rows of order_tags are the same in order_tags_pkey.
-- Why: a unique index that cannot be built is found out when it is nearly done, and holds up
--   writers until it is dropped.
-- Phase: contract.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Looks: first at the rows of order_tags.
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
    FROM (SELECT min(ROW(order_id, tag_id)::TEXT) || ' and ' || max(ROW(order_id, tag_id)::TEXT) AS found FROM order_tags WHERE tag_id IS NOT NULL AND order_id IS NOT NULL GROUP BY tag_id, order_id HAVING count(*) > 1 LIMIT 10) AS look;
    IF found_rows IS NOT NULL THEN
        RAISE EXCEPTION 'some rows of order_tags have the same values in (tag_id, order_id), which is to be unique'
            USING DETAIL = 'the first pairs, by order_id, tag_id: ' || found_rows,
                HINT = 'change or delete all but one of each: SELECT tag_id, order_id, count(*) FROM order_tags WHERE tag_id IS NOT NULL AND order_id IS NOT NULL GROUP BY tag_id, order_id HAVING count(*) > 1;';
    END IF;
EXCEPTION
    WHEN data_exception THEN
        RAISE EXCEPTION 'some rows of order_tags have the same values in (tag_id, order_id), which is to be unique'
            USING DETAIL = SQLERRM,
                HINT = 'change or delete all but one of each: SELECT tag_id, order_id, count(*) FROM order_tags WHERE tag_id IS NOT NULL AND order_id IS NOT NULL GROUP BY tag_id, order_id HAVING count(*) > 1;';
    WHEN query_canceled THEN
        IF current_setting('statement_timeout') = '0'
            OR clock_timestamp() - statement_timestamp() < current_setting('statement_timeout')::INTERVAL
        THEN
            RAISE;
        END IF;
        PERFORM set_config('tablewright.looked', 'partly', true);
        RAISE NOTICE 'there was no time to look at every row of order_tags: what follows looks at the others';
END
$$;

