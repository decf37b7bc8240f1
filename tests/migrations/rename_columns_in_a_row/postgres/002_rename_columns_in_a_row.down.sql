-- Down: renames orders back.
-- Why: takes back what the way up did (renames what the models name otherwise in orders).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    RENAME COLUMN third TO second_old;
ALTER TABLE orders
    RENAME COLUMN second TO first_old;
ALTER TABLE orders
    RENAME COLUMN second_old TO second;
ALTER TABLE orders
    RENAME COLUMN first_old TO first;
