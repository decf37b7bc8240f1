-- no-transaction
-- Down: builds the index order_tags_pkey_old of order_tags.
-- Why: takes back what the way up did (leaves the primary key order_tags_pkey of order_tags to the
--   next file).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on order_tags, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY order_tags_pkey_old ON order_tags (order_id, tag_id);
