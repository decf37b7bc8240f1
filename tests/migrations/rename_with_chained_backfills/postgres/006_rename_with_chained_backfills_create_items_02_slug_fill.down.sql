-- Down: drops the trigger items_02_slug_fill of items.
-- Why: takes back what the way up did (creates the trigger items_02_slug_fill of items).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on items.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER items_02_slug_fill ON items;
DROP FUNCTION items_02_slug_fill();
