-- no-transaction
-- Down: adds the check orders_status_check of orders again.
-- Why: takes back what the way up did (drops the check orders_status_check of orders).
-- Phase: contract.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_status_check;
ALTER TABLE orders
    ADD CONSTRAINT orders_status_check CHECK (status IN ('pending', 'paid')) NOT VALID;
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_status_check;
