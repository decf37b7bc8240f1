-- no-transaction
-- Up: builds the index idx_categories_upper_category_id of categories.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: backfill.
-- Locks: SHARE UPDATE EXCLUSIVE on categories, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_categories_upper_category_id ON categories (upper_category_id);
