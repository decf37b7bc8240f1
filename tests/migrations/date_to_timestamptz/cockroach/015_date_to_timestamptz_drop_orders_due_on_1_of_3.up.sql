-- no-transaction
-- Up: drops the column orders.due_on and what kept it alike.
-- Why: its values are in orders.due_at.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: orders.due_at fits TIMESTAMPTZ.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER orders_due_at_sync ON orders;
