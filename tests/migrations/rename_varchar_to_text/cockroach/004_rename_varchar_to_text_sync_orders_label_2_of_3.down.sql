-- no-transaction
-- Down: drops the trigger orders_label_sync of orders, where orders.code has all of orders.label.
-- Why: takes back what the way up did (creates the trigger orders_label_sync of orders).
-- Phase: contract.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER orders_label_sync ON orders;
