-- no-transaction
-- Down: adds the foreign key categories_parent_category_id_fkey of categories again.
-- Why: takes back what the way up did (drops the foreign key categories_parent_category_id_fkey of
--   categories).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of categories.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM categories WHERE categories.parent_category_id IS NOT NULL AND NOT EXISTS (SELECT FROM categories AS target WHERE target.id = categories.parent_category_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key categories_parent_category_id_fkey of categories, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM categories WHERE categories.parent_category_id IS NOT NULL AND NOT EXISTS (SELECT FROM categories AS target WHERE target.id = categories.parent_category_id); and run this file again';
    END IF;
END
$$;
