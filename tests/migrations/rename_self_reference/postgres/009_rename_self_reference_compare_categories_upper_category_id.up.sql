-- Up: makes sure that categories.upper_category_id holds what categories.parent_category_id held.
-- Why: a column is dropped only when its values are known to be in the other one.
-- Phase: contract.
-- Locks: ACCESS SHARE on categories.
-- Takes: as long as every row takes to be read.
-- Reads: every row of categories.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM categories WHERE upper_category_id IS DISTINCT FROM parent_category_id) THEN
        RAISE EXCEPTION 'categories.upper_category_id does not hold what categories.parent_category_id held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
