-- no-transaction
-- Up: makes orders.quantity BIGINT.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.quantity.
-- Acknowledged: rewrites orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN quantity TYPE INT8 USING quantity::INT8;
