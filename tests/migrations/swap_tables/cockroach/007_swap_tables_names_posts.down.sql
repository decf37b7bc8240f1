-- no-transaction
-- Down: renames the constraints and indexes of posts back.
-- Why: takes back what the way up did (renames the constraints and indexes of posts).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE posts
    RENAME CONSTRAINT drafts_pkey_old TO drafts_pkey;
