-- Up: adds the foreign key orders_user_id_fkey_new of orders, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: backfill.
-- Locks: SHARE ROW EXCLUSIVE on orders and users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ADD CONSTRAINT orders_user_id_fkey_new FOREIGN KEY (user_id_new) REFERENCES users (id_new) ON DELETE CASCADE NOT VALID;
