-- no-transaction
-- Down: adds the foreign key categories_parent_category_id_fkey of categories again.
-- Why: takes back what the way up did (drops the foreign key categories_parent_category_id_fkey of
--   categories).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on categories.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of categories.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM categories WHERE categories.parent_category_id IS NOT NULL AND NOT EXISTS (SELECT FROM categories AS target WHERE target.id = categories.parent_category_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key categories_parent_category_id_fkey of categories, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM categories WHERE categories.parent_category_id IS NOT NULL AND NOT EXISTS (SELECT FROM categories AS target WHERE target.id = categories.parent_category_id); and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE categories
    DROP CONSTRAINT IF EXISTS categories_parent_category_id_fkey;
ALTER TABLE categories
    ADD CONSTRAINT categories_parent_category_id_fkey FOREIGN KEY (parent_category_id) REFERENCES categories (id) ON DELETE SET NULL NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE categories
    VALIDATE CONSTRAINT categories_parent_category_id_fkey;
COMMIT;
