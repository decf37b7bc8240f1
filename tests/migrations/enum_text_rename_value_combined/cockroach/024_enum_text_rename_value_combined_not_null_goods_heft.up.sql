-- no-transaction
-- Up: forbids NULL in goods.heft.
-- Why: the models have no NULL there.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ALTER COLUMN heft SET NOT NULL;
