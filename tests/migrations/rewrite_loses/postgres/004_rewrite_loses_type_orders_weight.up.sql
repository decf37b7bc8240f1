-- Up: makes orders.weight BIGINT.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.weight.
-- Acknowledged: rewrites orders, loses orders.weight.
-- Lost: of the values of orders.weight: digits behind the point are rounded away.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL extra_float_digits = '1';
ALTER TABLE orders
    ALTER COLUMN weight TYPE BIGINT USING weight::BIGINT;
