-- no-transaction
-- Down: drops the check goods_closed_at_created_at_check of goods.
-- Why: takes back what the way up did (adds the check goods_closed_at_created_at_check of goods,
--   not valid yet).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    DROP CONSTRAINT IF EXISTS goods_closed_at_created_at_check;
