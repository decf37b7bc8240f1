-- Up: makes orders.due_on TIMESTAMPTZ.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.due_on.
-- Acknowledged: rewrites orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE orders
    ALTER COLUMN due_on TYPE TIMESTAMPTZ USING (CAST(due_on AS TIMESTAMP) AT TIME ZONE 'UTC');
