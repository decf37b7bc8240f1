-- Down: drops what was built beside the check orders_grade_check of orders.
-- Why: takes back what the way up did (adds the check orders_grade_check of orders as it is to be,
--   not valid yet).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_grade_check_new;
