-- no-transaction
-- Down: puts the check orders_status_check of orders back as it was.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: contract.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    RENAME CONSTRAINT orders_status_check TO orders_status_check_new;
