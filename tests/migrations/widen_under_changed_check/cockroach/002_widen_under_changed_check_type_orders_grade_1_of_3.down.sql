-- no-transaction
-- Down: makes orders.grade VARCHAR(20) again.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.grade.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN grade SET DEFAULT 'fine';
