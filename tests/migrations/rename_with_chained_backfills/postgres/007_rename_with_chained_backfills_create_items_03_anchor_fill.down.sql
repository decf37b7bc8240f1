-- Down: drops the trigger items_03_anchor_fill of items.
-- Why: takes back what the way up did (creates the trigger items_03_anchor_fill of items).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on items.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER items_03_anchor_fill ON items;
DROP FUNCTION items_03_anchor_fill();
