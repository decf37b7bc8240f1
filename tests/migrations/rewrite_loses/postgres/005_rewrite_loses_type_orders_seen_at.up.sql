-- Up: makes orders.seen_at DATE.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.seen_at.
-- Acknowledged: rewrites orders, loses orders.seen_at.
-- Lost: of the values of orders.seen_at: the time of day is dropped.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE orders
    ALTER COLUMN seen_at TYPE DATE USING CAST(seen_at AT TIME ZONE 'UTC' AS DATE);
