-- no-transaction
-- Down: drops the check orders_number_not_null, where it is left.
-- Why: takes back what the way up did (forbids NULL in orders.number by a check that is not proved
--   yet).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_number_not_null;
