-- no-transaction
-- Up: drops the column orders.price and what kept it alike.
-- Why: its values are in orders.cost.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER orders_cost_sync ON orders;
