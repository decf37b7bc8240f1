-- no-transaction
-- Down: renames the index idx_orders_number of orders to idx_orders_number_new.
-- Why: takes back what the way up did (renames the index idx_orders_number_new of orders to
--   idx_orders_number).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER INDEX idx_orders_number
    RENAME TO idx_orders_number_new;
