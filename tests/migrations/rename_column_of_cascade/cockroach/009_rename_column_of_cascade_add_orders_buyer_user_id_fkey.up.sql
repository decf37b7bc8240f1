-- no-transaction
-- Up: adds the foreign key orders_buyer_user_id_fkey of orders, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD CONSTRAINT orders_buyer_user_id_fkey FOREIGN KEY (buyer_user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;
