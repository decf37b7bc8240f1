-- no-transaction
-- Up: drops the trigger zz_orders_cry_fill of orders.
-- Why: the old release is gone.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION zz_orders_cry_fill();
