-- no-transaction
-- Down: lets orders.due_at take NULL.
-- Why: takes back what the way up did (forbids NULL in orders.due_at).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN due_at DROP NOT NULL;
