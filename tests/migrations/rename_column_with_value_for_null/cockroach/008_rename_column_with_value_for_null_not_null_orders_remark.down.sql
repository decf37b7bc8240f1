-- no-transaction
-- Down: lets orders.remark take NULL.
-- Why: takes back what the way up did (forbids NULL in orders.remark).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN remark DROP NOT NULL;
