-- no-transaction
-- Up: drops the index idx_categories_parent_category_id of categories.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY idx_categories_parent_category_id;
