-- Up: sets the storage parameters of orders.
-- Why: the models have other storage parameters.
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    SET (autovacuum_enabled = false, fillfactor = 70);
ALTER TABLE orders
    RESET (toast_tuple_target);
