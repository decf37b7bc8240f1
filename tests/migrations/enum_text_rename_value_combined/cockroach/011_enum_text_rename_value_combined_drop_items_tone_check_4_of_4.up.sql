-- no-transaction
-- Up: drops the check items_tone_check of goods.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    DROP CONSTRAINT items_tone_check;
