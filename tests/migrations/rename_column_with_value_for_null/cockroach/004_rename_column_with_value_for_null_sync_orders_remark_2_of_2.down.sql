-- no-transaction
-- Down: drops the trigger orders_remark_sync of orders.
-- Why: takes back what the way up did (creates the trigger orders_remark_sync of orders).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER orders_remark_sync ON orders;
