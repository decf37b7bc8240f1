-- no-transaction
-- Down: renames the constraints and indexes of drafts back.
-- Why: takes back what the way up did (renames the constraints and indexes of drafts).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE drafts
    RENAME CONSTRAINT posts_pkey_old TO posts_pkey;
