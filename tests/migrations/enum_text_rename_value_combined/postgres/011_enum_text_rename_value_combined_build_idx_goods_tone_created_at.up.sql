-- no-transaction
-- Up: builds the index idx_goods_tone_created_at of goods.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on goods, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_goods_tone_created_at ON goods (tone, created_at DESC) WHERE closed_at IS NULL AND deleted_at IS NULL;
