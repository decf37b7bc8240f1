-- no-transaction
-- Up: drops the index items_shop_code_slug_unique of goods.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY items_shop_code_slug_unique;
