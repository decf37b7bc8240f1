-- Down: drops the trigger 00_orders_label_sync of orders.
-- Why: takes back what the way up did (creates the trigger 00_orders_label_sync of orders).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER "00_orders_label_sync" ON orders;
DROP FUNCTION "00_orders_label_sync"();
DROP TRIGGER zz_orders_label_alike ON orders;
DROP FUNCTION zz_orders_label_alike();
