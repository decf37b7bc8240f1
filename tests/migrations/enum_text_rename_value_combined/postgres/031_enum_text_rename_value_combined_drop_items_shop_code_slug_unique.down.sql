-- no-transaction
-- Down: builds the index items_shop_code_slug_unique of goods.
-- Why: takes back what the way up did (drops the unique key items_shop_code_slug_unique of goods
--   and its index).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on goods, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY items_shop_code_slug_unique ON goods (shop_code, slug);
