-- no-transaction
-- Up: forbids NULL in goods.heft.
-- Why: the check proves it, so no row is read.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ALTER COLUMN heft SET NOT NULL;
