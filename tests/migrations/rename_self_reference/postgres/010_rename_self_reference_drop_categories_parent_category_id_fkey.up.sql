-- Up: drops the foreign key categories_parent_category_id_fkey of categories.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on categories.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE categories
    DROP CONSTRAINT categories_parent_category_id_fkey;
