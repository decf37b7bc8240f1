-- Up: makes sure that purchases.remark holds what purchases.note held.
-- Why: a column is dropped only when its values are known to be in the other one.
-- Phase: contract.
-- Locks: ACCESS SHARE on purchases.
-- Takes: as long as every row takes to be read.
-- Reads: every row of purchases.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM purchases WHERE remark IS DISTINCT FROM note) THEN
        RAISE EXCEPTION 'purchases.remark does not hold what purchases.note held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
