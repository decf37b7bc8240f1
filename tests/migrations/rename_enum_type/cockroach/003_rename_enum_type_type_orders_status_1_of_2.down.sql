-- no-transaction
-- Down: makes orders.status order_status.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: contract.
-- Takes: as long as every row takes to be written, beside the running program.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN status TYPE order_status USING CAST(CAST(status AS TEXT) AS order_status);
