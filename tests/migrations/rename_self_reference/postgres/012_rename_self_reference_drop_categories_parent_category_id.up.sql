-- no-transaction
-- Up: drops the column categories.parent_category_id and what kept it alike.
-- Why: its values are in categories.upper_category_id.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on categories.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of categories.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM categories WHERE parent_category_id IS NOT NULL AND upper_category_id IS DISTINCT FROM parent_category_id) THEN
        RAISE EXCEPTION 'categories.upper_category_id does not hold what categories.parent_category_id held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER categories_upper_category_id_sync ON categories;
DROP FUNCTION categories_upper_category_id_sync();
ALTER TABLE categories
    DROP COLUMN parent_category_id;
COMMIT;
