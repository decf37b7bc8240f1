-- Up: drops the column orders.region_old and what kept it alike.
-- Why: its values are in orders.region.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_region_old_sync ON orders;
DROP FUNCTION orders_region_old_sync();
ALTER TABLE orders
    DROP COLUMN region_old;
