-- no-transaction
-- Up: drops the index idx_order_tags_tag_id of order_tags.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on order_tags, which lets rows be read and written.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY idx_order_tags_tag_id;
