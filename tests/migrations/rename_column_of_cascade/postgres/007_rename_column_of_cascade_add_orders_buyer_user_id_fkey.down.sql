-- Down: drops the foreign key orders_buyer_user_id_fkey of orders.
-- Why: takes back what the way up did (adds the foreign key orders_buyer_user_id_fkey of orders,
--   not valid yet).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders and users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_buyer_user_id_fkey;
