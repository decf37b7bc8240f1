-- no-transaction
-- Up: renames the constraints and indexes of orders.
-- Why: their names follow from the names of the table and its columns.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    RENAME CONSTRAINT purchases_pkey TO orders_pkey;
