-- Up: renames what the models name otherwise in posts and drafts and drafts and posts.
-- Why: it was acknowledged that no program runs meanwhile.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on posts and drafts and drafts and posts.
-- Takes: an instant, once it has the lock.
-- Acknowledged: offline rename.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE posts
    RENAME TO posts_old;
ALTER TABLE drafts
    RENAME TO drafts_old;
ALTER TABLE posts_old
    RENAME TO drafts;
ALTER TABLE drafts_old
    RENAME TO posts;
