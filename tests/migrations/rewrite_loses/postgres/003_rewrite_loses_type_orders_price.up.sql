-- Up: makes orders.price NUMERIC(12, 2).
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.price.
-- Acknowledged: rewrites orders, loses orders.price.
-- Lost: of the values of orders.price: digits behind the point are rounded to 2.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE orders
    ALTER COLUMN price TYPE NUMERIC(12, 2) USING price::NUMERIC(12, 2);
