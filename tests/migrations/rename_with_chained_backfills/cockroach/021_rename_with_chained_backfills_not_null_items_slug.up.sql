-- no-transaction
-- Up: forbids NULL in items.slug.
-- Why: the models have no NULL there.
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE items
    ALTER COLUMN slug SET NOT NULL;
