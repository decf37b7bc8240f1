-- Down: drops the foreign key categories_upper_category_id_fkey of categories.
-- Why: takes back what the way up did (adds the foreign key categories_upper_category_id_fkey of
--   categories, not valid yet).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on categories.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE categories
    DROP CONSTRAINT IF EXISTS categories_upper_category_id_fkey;
