-- no-transaction
-- Down: builds the index idx_items_tone_created_at of goods.
-- Why: takes back what the way up did (drops the index idx_items_tone_created_at of goods).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on goods, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_items_tone_created_at ON goods (tone, created_at) WHERE closed_at IS NULL;
