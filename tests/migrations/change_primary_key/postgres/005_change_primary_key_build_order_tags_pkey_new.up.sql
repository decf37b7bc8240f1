-- no-transaction
-- Up: builds the index order_tags_pkey_new of order_tags.
-- Why: the old key holds until the index of the new one is built.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on order_tags, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY order_tags_pkey_new ON order_tags (tag_id, order_id);
