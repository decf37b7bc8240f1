-- no-transaction
-- Up: puts the check orders_grade_check of orders in the place of the old one.
-- Why: every row keeps to the new one.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP CONSTRAINT orders_grade_check;
