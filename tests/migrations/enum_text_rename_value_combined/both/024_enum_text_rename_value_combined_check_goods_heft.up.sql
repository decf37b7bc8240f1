-- no-transaction
-- Up: forbids NULL in goods.heft by a check that is not proved yet.
-- Why: a check that is proved lets SET NOT NULL skip its look at every row.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ADD CONSTRAINT goods_heft_not_null CHECK (heft IS NOT NULL) NOT VALID;
