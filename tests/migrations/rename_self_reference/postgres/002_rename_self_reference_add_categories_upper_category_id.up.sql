-- Up: adds the column categories.upper_category_id, empty.
-- Why: it takes the place of categories.parent_category_id, which the old release goes on using.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on categories.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE categories
    ADD COLUMN upper_category_id UUID;
