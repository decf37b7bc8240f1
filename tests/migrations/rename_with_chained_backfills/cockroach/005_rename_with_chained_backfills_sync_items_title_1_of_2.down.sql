-- no-transaction
-- Down: drops the trigger items_01_title_sync of items.
-- Why: takes back what the way up did (creates the trigger items_01_title_sync of items).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION items_01_title_sync();
