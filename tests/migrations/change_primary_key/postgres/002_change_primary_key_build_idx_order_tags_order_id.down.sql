-- no-transaction
-- Down: drops the index idx_order_tags_order_id of order_tags.
-- Why: takes back what the way up did (builds the index idx_order_tags_order_id of order_tags).
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on order_tags, which lets rows be read and written.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY idx_order_tags_order_id;
