-- no-transaction
-- Down: changes the trigger orders_set_updated_at of orders.
-- Why: takes back what the way up did (changes the trigger orders_set_updated_at of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER orders_set_updated_at ON orders;
