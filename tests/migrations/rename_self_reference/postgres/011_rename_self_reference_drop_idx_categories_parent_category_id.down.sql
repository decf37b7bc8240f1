-- no-transaction
-- Down: builds the index idx_categories_parent_category_id of categories.
-- Why: takes back what the way up did (drops the index idx_categories_parent_category_id of
--   categories).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on categories, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_categories_parent_category_id ON categories (parent_category_id);
