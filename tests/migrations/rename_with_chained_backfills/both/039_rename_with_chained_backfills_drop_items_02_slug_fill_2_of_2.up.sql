-- no-transaction
-- Up: drops the trigger items_02_slug_fill of items.
-- Why: the old release is gone.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION items_02_slug_fill();
