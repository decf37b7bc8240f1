-- Up: puts the check orders_grade_check of orders in the place of the old one.
-- Why: every row keeps to the new one.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    DROP CONSTRAINT orders_grade_check;
ALTER TABLE orders
    RENAME CONSTRAINT orders_grade_check_new TO orders_grade_check;
