-- no-transaction
-- Down: builds the index idx_order_tags_tag_id of order_tags.
-- Why: takes back what the way up did (drops the index idx_order_tags_tag_id of order_tags).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on order_tags, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_order_tags_tag_id ON order_tags (tag_id);
