-- no-transaction
-- Up: renames the constraints and indexes of goods.
-- Why: their names follow from the names of the table and its columns.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER INDEX idx_items_parent_id
    RENAME TO idx_goods_parent_id;
