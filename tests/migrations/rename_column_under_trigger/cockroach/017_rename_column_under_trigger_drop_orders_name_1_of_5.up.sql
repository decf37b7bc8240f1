-- no-transaction
-- Up: drops the column orders.name and what kept it alike.
-- Why: its values are in orders.label.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER "00_orders_label_sync" ON orders;
