-- no-transaction
-- Up: forbids NULL in orders.remark.
-- Why: the models have no NULL there.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN remark SET NOT NULL;
