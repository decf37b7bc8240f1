-- Down: drops the trigger orders_buyer_user_id_sync of orders.
-- Why: takes back what the way up did (creates the trigger orders_buyer_user_id_sync of orders).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_buyer_user_id_sync ON orders;
DROP FUNCTION orders_buyer_user_id_sync();
