-- no-transaction
-- Up: puts the foreign key orders_user_id_fkey of orders in the place of the old one.
-- Why: every row keeps to the new one.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    RENAME CONSTRAINT orders_user_id_fkey_new TO orders_user_id_fkey;
