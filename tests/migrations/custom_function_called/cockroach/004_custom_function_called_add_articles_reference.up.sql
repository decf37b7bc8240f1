-- no-transaction
-- Up: adds the column articles.reference.
-- Why: the models have it; the rows that are there are not touched.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE articles
    ADD COLUMN reference TEXT NOT NULL DEFAULT make_ref();
