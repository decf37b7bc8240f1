-- no-transaction
-- Down: lets articles.reference take NULL.
-- Why: takes back what the way up did (forbids NULL in articles.reference).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE articles
    ALTER COLUMN reference DROP NOT NULL;
