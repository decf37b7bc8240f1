-- Down: renames orders back.
-- Why: takes back what the way up did (renames what the models name otherwise in orders).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    RENAME COLUMN depth TO height_old;
ALTER TABLE orders
    RENAME COLUMN height TO width_old;
ALTER TABLE orders
    RENAME COLUMN width TO depth_old;
ALTER TABLE orders
    RENAME COLUMN height_old TO height;
ALTER TABLE orders
    RENAME COLUMN width_old TO width;
ALTER TABLE orders
    RENAME COLUMN depth_old TO depth;
