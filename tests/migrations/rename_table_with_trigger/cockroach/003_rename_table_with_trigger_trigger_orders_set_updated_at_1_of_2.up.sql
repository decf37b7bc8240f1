-- no-transaction
-- Up: changes the trigger orders_set_updated_at of orders.
-- Why: a trigger comes in a file of its own.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER purchases_set_updated_at ON orders;
