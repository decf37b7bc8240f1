-- no-transaction
-- Up: makes orders.rank BIGINT.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.rank.
-- Acknowledged: rewrites orders, no loss in orders.rank.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN rank DROP DEFAULT;
