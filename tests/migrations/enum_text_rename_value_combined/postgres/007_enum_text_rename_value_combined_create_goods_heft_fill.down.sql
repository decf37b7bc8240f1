-- Down: drops the trigger goods_heft_fill of goods.
-- Why: takes back what the way up did (creates the trigger goods_heft_fill of goods).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER goods_heft_fill ON goods;
DROP FUNCTION goods_heft_fill();
