-- no-transaction
-- Up: drops the trigger items_03_anchor_fill of items.
-- Why: the old release is gone.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION items_03_anchor_fill();
