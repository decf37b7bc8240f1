-- no-transaction
-- Down: makes orders.total_amount NUMERIC(10, 2) again.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.total_amount.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN total_amount TYPE NUMERIC(10, 2) USING total_amount::NUMERIC(10, 2);
