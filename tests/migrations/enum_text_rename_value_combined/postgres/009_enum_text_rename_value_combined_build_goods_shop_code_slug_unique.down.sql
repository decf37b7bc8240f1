-- no-transaction
-- Down: drops the index goods_shop_code_slug_unique of goods.
-- Why: takes back what the way up did (builds the index goods_shop_code_slug_unique of goods).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on goods, which lets rows be read and written.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY goods_shop_code_slug_unique;
