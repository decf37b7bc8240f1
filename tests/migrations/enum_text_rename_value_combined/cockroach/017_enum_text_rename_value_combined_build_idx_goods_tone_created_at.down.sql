-- no-transaction
-- Down: drops the index idx_goods_tone_created_at of goods.
-- Why: takes back what the way up did (builds the index idx_goods_tone_created_at of goods).
-- Phase: expand.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY idx_goods_tone_created_at;
