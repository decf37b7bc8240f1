-- no-transaction
-- Up: renames the index idx_orders_number_new of orders to idx_orders_number.
-- Why: the old index is gone, so its name is free.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER INDEX idx_orders_number_new
    RENAME TO idx_orders_number;
