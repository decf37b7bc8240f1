-- no-transaction
-- Down: lets goods.heft take NULL.
-- Why: takes back what the way up did (forbids NULL in goods.heft).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ALTER COLUMN heft DROP NOT NULL;
