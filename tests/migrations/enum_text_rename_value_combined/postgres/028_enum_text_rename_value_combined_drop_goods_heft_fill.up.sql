-- Up: drops the trigger goods_heft_fill of goods.
-- Why: the old release is gone.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER goods_heft_fill ON goods;
DROP FUNCTION goods_heft_fill();
