-- Up: puts the foreign key orders_user_id_fkey of orders in the place of the old one.
-- Why: every row keeps to the new one.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders and users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    DROP CONSTRAINT orders_user_id_fkey;
ALTER TABLE orders
    RENAME CONSTRAINT orders_user_id_fkey_new TO orders_user_id_fkey;
