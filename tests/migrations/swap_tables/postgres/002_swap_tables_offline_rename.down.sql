-- Down: renames posts and drafts and drafts and posts back.
-- Why: takes back what the way up did (renames what the models name otherwise in posts and drafts
--   and drafts and posts).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on posts and drafts and drafts and posts.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE posts
    RENAME TO drafts_old;
ALTER TABLE drafts
    RENAME TO posts_old;
ALTER TABLE drafts_old
    RENAME TO drafts;
ALTER TABLE posts_old
    RENAME TO posts;
