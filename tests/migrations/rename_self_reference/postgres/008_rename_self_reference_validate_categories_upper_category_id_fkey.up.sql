-- Up: proves the foreign key categories_upper_category_id_fkey of categories.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Locks: SHARE UPDATE EXCLUSIVE on categories, which lets rows be read and written; ROW SHARE on
--   categories.
-- Takes: as long as every row takes to be read.
-- Reads: every row of categories.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
ALTER TABLE categories
    VALIDATE CONSTRAINT categories_upper_category_id_fkey;
