-- no-transaction
-- Up: renames the constraints and indexes of orders.
-- Why: their names follow from the names of the table and its columns.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER INDEX idx_orders_user_id
    RENAME TO idx_orders_account_id;
