-- no-transaction
-- Up: drops the check orders_cost_not_null.
-- Why: NOT NULL says the same.
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_cost_not_null;
