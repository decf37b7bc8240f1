-- no-transaction
-- Up: drops the foreign key items_parent_id_fkey of goods.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    DROP CONSTRAINT items_parent_id_fkey;
