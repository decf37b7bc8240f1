-- no-transaction
-- Down: renames orders back.
-- Why: takes back what the way up did (renames what the models name otherwise in orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    RENAME COLUMN height_old TO height;
