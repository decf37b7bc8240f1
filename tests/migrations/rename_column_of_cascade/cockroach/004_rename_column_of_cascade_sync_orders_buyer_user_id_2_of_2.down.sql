-- no-transaction
-- Down: drops the trigger orders_buyer_user_id_sync of orders.
-- Why: takes back what the way up did (creates the trigger orders_buyer_user_id_sync of orders).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER orders_buyer_user_id_sync ON orders;
