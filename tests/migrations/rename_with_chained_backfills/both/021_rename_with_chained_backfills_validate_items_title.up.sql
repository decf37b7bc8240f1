-- no-transaction
-- Up: proves that no row has NULL in items.title.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: backfill.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE items
    VALIDATE CONSTRAINT items_title_not_null;
