-- no-transaction
-- Up: drops the trigger goods_heft_fill of goods.
-- Why: the old release is gone.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION goods_heft_fill();
