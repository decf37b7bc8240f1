-- no-transaction
-- Up: drops the column orders.user_id and what kept it alike.
-- Why: its values are in orders.buyer_user_id.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION orders_buyer_user_id_sync();
