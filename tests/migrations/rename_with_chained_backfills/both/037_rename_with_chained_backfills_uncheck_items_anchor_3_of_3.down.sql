-- no-transaction
-- Down: adds the check items_anchor_not_null again, so that the file before can be run again
--   without a look at the rows.
-- Why: takes back what the way up did (drops the check items_anchor_not_null).
-- Phase: backfill.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE items
    DROP CONSTRAINT IF EXISTS items_anchor_not_null;
