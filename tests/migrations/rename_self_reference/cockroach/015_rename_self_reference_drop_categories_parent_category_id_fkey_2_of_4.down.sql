-- no-transaction
-- Down: adds the foreign key categories_parent_category_id_fkey of categories again.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of categories.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE categories
    ADD CONSTRAINT categories_parent_category_id_fkey FOREIGN KEY (parent_category_id) REFERENCES categories (id) ON DELETE SET NULL NOT VALID;
