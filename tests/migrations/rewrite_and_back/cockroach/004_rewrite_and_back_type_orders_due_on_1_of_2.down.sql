-- no-transaction
-- Down: makes orders.due_on DATE again.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.due_on.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN due_on TYPE DATE USING CAST(due_on AT TIME ZONE 'UTC' AS DATE);
