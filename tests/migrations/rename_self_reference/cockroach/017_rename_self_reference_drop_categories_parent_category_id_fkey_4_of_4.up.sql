-- no-transaction
-- Up: drops the foreign key categories_parent_category_id_fkey of categories.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE categories
    DROP CONSTRAINT categories_parent_category_id_fkey;
