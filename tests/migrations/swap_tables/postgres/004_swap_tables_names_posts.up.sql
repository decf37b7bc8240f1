-- Up: renames the constraints and indexes of posts.
-- Why: their names follow from the names of the table and its columns.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on posts.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE posts
    RENAME CONSTRAINT drafts_pkey TO drafts_pkey_old;
