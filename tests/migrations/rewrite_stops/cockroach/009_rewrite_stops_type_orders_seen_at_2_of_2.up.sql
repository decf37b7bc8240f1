-- no-transaction
-- Up: makes orders.seen_at DATE.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.seen_at.
-- Acknowledged: rewrites orders, no loss in orders.seen_at.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN seen_at TYPE DATE USING CAST(seen_at AT TIME ZONE 'UTC' AS DATE);
