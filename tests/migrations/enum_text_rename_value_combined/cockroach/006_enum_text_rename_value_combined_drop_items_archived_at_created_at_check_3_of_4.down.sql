-- no-transaction
-- Down: adds the check items_archived_at_created_at_check of goods again.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of goods.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    DROP CONSTRAINT IF EXISTS items_archived_at_created_at_check;
