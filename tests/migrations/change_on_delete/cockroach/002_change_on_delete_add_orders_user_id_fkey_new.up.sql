-- no-transaction
-- Up: adds the foreign key orders_user_id_fkey of orders as it is to be, not valid yet.
-- Why: the old one holds until the new one is proved.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD CONSTRAINT orders_user_id_fkey_new FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT NOT VALID;
