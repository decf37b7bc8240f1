-- Down: drops the unique key orders_area_id_unique of orders and its index.
-- Why: takes back what the way up did (builds the index orders_area_id_unique of orders).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_area_id_unique;
DROP INDEX IF EXISTS orders_area_id_unique;
