-- no-transaction
-- Down: lets items.title take NULL.
-- Why: takes back what the way up did (forbids NULL in items.title).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE items
    ALTER COLUMN title DROP NOT NULL;
