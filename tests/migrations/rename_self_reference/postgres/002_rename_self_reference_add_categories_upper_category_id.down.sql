-- Down: drops the column categories.upper_category_id.
-- Why: takes back what the way up did (adds the column categories.upper_category_id, empty).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on categories.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE categories
    DROP COLUMN upper_category_id;
