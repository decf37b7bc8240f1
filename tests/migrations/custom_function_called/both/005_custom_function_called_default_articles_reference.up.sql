-- no-transaction
-- Up: gives articles.reference its default.
-- Why: new rows get it from now on, also those of the old release.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE articles
    ALTER COLUMN reference SET DEFAULT make_ref();
