-- Up: adds the column orders.cost, empty.
-- Why: it takes the place of orders.price, which the old release goes on using.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ADD COLUMN cost NUMERIC(12, 2);
