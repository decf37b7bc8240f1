-- no-transaction
-- Down: drops the index idx_categories_upper_category_id of categories.
-- Why: takes back what the way up did (builds the index idx_categories_upper_category_id of
--   categories).
-- Phase: backfill.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY idx_categories_upper_category_id;
