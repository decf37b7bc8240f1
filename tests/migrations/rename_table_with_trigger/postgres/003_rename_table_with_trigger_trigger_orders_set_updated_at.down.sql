-- Down: changes the trigger orders_set_updated_at of orders.
-- Why: takes back what the way up did (changes the trigger orders_set_updated_at of orders).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TRIGGER orders_set_updated_at ON orders
    RENAME TO purchases_set_updated_at;
