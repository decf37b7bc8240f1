-- Up: renames the constraints and indexes of goods.
-- Why: their names follow from the names of the table and its columns.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE goods
    RENAME CONSTRAINT items_pkey TO goods_pkey;
ALTER INDEX idx_items_parent_id
    RENAME TO idx_goods_parent_id;
