-- no-transaction
-- Down: drops the trigger goods_heft_fill of goods.
-- Why: takes back what the way up did (creates the trigger goods_heft_fill of goods).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER goods_heft_fill ON goods;
