-- Down: lets articles.reference take NULL.
-- Why: takes back what the way up did (forbids NULL in articles.reference).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on articles.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE articles
    ALTER COLUMN reference DROP NOT NULL;
