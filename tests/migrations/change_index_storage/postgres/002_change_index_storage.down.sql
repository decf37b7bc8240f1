-- Down: sets the storage parameters of the index idx_orders_number of orders back.
-- Why: takes back what the way up did (sets the storage parameters of the index idx_orders_number
--   of orders).
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on the index idx_orders_number.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER INDEX idx_orders_number
    SET (fillfactor = 90);
ALTER INDEX idx_orders_number
    RESET (deduplicate_items);
