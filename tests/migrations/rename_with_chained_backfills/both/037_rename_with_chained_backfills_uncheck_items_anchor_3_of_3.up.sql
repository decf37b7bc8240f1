-- no-transaction
-- Up: drops the check items_anchor_not_null.
-- Why: NOT NULL says the same.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE items
    DROP CONSTRAINT IF EXISTS items_anchor_not_null;
