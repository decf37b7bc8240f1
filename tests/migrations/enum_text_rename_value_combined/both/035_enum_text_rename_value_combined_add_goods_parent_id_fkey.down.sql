-- no-transaction
-- Down: drops the foreign key goods_parent_id_fkey of goods.
-- Why: takes back what the way up did (adds the foreign key goods_parent_id_fkey of goods, not
--   valid yet).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    DROP CONSTRAINT IF EXISTS goods_parent_id_fkey;
