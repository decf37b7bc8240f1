-- Up: makes sure that items.title holds what items.name held.
-- Why: a column is dropped only when its values are known to be in the other one.
-- Phase: contract.
-- Locks: ACCESS SHARE on items.
-- Takes: as long as every row takes to be read.
-- Reads: every row of items.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM items WHERE title IS DISTINCT FROM name) THEN
        RAISE EXCEPTION 'items.title does not hold what items.name held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
