-- Down: drops the unique key orders_code_unique of orders and its index.
-- Why: takes back what the way up did (builds the index orders_code_unique of orders).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_code_unique;
DROP INDEX IF EXISTS orders_code_unique;
