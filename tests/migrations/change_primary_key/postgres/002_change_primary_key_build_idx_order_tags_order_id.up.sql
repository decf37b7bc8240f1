-- no-transaction
-- Up: builds the index idx_order_tags_order_id of order_tags.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on order_tags, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_order_tags_order_id ON order_tags (order_id);
