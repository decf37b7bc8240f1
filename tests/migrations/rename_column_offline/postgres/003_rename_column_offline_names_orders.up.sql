-- Up: renames the constraints and indexes of orders.
-- Why: their names follow from the names of the table and its columns.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    RENAME CONSTRAINT orders_amount_check TO orders_quantity_check;
ALTER INDEX idx_orders_amount
    RENAME TO idx_orders_quantity;
