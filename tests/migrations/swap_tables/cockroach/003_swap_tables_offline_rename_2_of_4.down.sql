-- no-transaction
-- Down: renames posts and drafts and drafts and posts back.
-- Why: takes back what the way up did (renames what the models name otherwise in posts and drafts
--   and drafts and posts).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE drafts_old
    RENAME TO drafts;
