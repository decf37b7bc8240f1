-- no-transaction
-- Down: drops the trigger orders_due_at_sync of orders, where orders.due_on has all of
--   orders.due_at.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: contract.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION orders_due_at_sync();
