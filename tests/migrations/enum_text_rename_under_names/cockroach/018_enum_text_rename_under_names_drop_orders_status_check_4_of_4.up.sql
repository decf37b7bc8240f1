-- no-transaction
-- Up: drops the check orders_status_check of orders.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP CONSTRAINT orders_status_check;
