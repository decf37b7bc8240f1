-- no-transaction
-- Down: drops the check items_slug_not_null, where it is left.
-- Why: takes back what the way up did (forbids NULL in items.slug by a check that is not proved
--   yet).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE items
    DROP CONSTRAINT IF EXISTS items_slug_not_null;
