-- no-transaction
-- Up: makes orders.status order_status.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.status.
-- Acknowledged: rewrites orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN status TYPE order_status USING status::order_status;
