-- no-transaction
-- Up: forbids NULL in orders.code_text.
-- Why: the models have no NULL there.
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN code_text SET NOT NULL;
