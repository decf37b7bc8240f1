-- Up: drops the column categories.parent_category_id and what kept it alike.
-- Why: its values are in categories.upper_category_id.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on categories.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER categories_upper_category_id_sync ON categories;
DROP FUNCTION categories_upper_category_id_sync();
ALTER TABLE categories
    DROP COLUMN parent_category_id;
