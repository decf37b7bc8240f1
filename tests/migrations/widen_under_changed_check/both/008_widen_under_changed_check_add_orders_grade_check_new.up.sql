-- no-transaction
-- Up: adds the check orders_grade_check of orders as it is to be, not valid yet.
-- Why: the old one holds until the new one is proved.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD CONSTRAINT orders_grade_check_new CHECK (grade IN ('fine', 'worn', 'with notes of its former owner')) NOT VALID;
