-- no-transaction
-- Down: drops the check articles_reference_not_null, where it is left.
-- Why: takes back what the way up did (forbids NULL in articles.reference by a check that is not
--   proved yet).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE articles
    DROP CONSTRAINT IF EXISTS articles_reference_not_null;
