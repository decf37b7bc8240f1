-- Down: drops the column goods.deleted_at.
-- Why: takes back what the way up did (adds the column goods.deleted_at).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into goods.deleted_at since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE goods
    DROP COLUMN deleted_at;
