-- no-transaction
-- Up: builds the index goods_shop_code_slug_unique of goods.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on goods, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY goods_shop_code_slug_unique ON goods (shop_code, slug) WHERE deleted_at IS NULL;
