-- no-transaction
-- Down: drops the check orders_state_check of orders.
-- Why: takes back what the way up did (adds the check orders_state_check of orders, not valid yet).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_state_check;
