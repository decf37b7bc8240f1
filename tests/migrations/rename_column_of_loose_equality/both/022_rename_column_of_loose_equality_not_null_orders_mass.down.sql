-- no-transaction
-- Down: lets orders.mass take NULL.
-- Why: takes back what the way up did (forbids NULL in orders.mass).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN mass DROP NOT NULL;
