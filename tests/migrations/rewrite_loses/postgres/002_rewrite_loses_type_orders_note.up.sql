-- Up: makes orders.note VARCHAR(5).
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.note.
-- Acknowledged: rewrites orders, loses orders.note.
-- Lost: of the values of orders.note: what is longer than 5 characters is cut.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE orders
    ALTER COLUMN note TYPE VARCHAR(5) USING note::VARCHAR(5);
