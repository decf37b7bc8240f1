-- Up: makes orders.number TEXT.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.number.
-- Acknowledged: rewrites orders, loses orders.number.
-- Lost: of the values of orders.number: each becomes what `COALESCE(number::TEXT, 'unknown')` makes
--   of it.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE orders
    ALTER COLUMN number TYPE TEXT USING CAST(COALESCE(number::TEXT, 'unknown') AS TEXT);
