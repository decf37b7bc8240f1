-- Up: changes the trigger orders_set_updated_at of orders.
-- Why: a trigger comes in a file of its own.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TRIGGER purchases_set_updated_at ON orders
    RENAME TO orders_set_updated_at;
