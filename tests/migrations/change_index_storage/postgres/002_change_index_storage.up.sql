-- Up: sets the storage parameters of the index idx_orders_number of orders.
-- Why: the models have other storage parameters.
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on the index idx_orders_number.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER INDEX idx_orders_number
    SET (deduplicate_items = false, fillfactor = 70);
