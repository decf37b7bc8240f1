-- Down: drops the column articles.reference.
-- Why: takes back what the way up did (adds the column articles.reference, empty).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on articles.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into articles.reference since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE articles
    DROP COLUMN reference;
