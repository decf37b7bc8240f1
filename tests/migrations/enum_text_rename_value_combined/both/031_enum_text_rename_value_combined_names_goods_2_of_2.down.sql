-- no-transaction
-- Down: renames the constraints and indexes of goods back.
-- Why: takes back what the way up did (renames the constraints and indexes of goods).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER INDEX idx_goods_parent_id
    RENAME TO idx_items_parent_id;
