-- Up: makes orders.price NUMERIC(14, 6).
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.price.
-- Acknowledged: rewrites orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE orders
    ALTER COLUMN price TYPE NUMERIC(14, 6) USING price::NUMERIC(14, 6);
