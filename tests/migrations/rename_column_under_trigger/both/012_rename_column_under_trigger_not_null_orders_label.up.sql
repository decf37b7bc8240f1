-- no-transaction
-- Up: forbids NULL in orders.label.
-- Why: the check proves it, so no row is read.
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN label SET NOT NULL;
