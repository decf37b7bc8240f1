-- Down: renames the constraints and indexes of goods back.
-- Why: takes back what the way up did (renames the constraints and indexes of goods).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER INDEX idx_goods_parent_id
    RENAME TO idx_items_parent_id;
ALTER TABLE goods
    RENAME CONSTRAINT goods_pkey TO items_pkey;
