-- Up: makes the index orders_area_id_unique the unique key orders_area_id_unique of orders.
-- Why: the index is there, so nothing is read.
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint
        WHERE conrelid = to_regclass('orders') AND conname = 'orders_area_id_unique'
    ) THEN
        ALTER TABLE orders
            ADD CONSTRAINT orders_area_id_unique UNIQUE USING INDEX orders_area_id_unique;
    END IF;
END
$$;
