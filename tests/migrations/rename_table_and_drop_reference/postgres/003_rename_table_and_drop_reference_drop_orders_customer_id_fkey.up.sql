-- Up: drops the foreign key orders_customer_id_fkey of orders.
-- Why: the models do not have it any more.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders and accounts.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    DROP CONSTRAINT orders_customer_id_fkey;
