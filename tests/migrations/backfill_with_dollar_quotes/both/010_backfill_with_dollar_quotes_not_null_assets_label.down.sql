-- no-transaction
-- Down: lets assets.label take NULL.
-- Why: takes back what the way up did (forbids NULL in assets.label).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE assets
    ALTER COLUMN label DROP NOT NULL;
