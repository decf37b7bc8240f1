-- Down: renames the constraints and indexes of posts back.
-- Why: takes back what the way up did (renames the constraints and indexes of posts).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on posts.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE posts
    RENAME CONSTRAINT drafts_pkey_old TO drafts_pkey;
