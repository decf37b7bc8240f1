-- no-transaction
-- Down: makes orders.quantity INTEGER again.
-- Why: takes back what the way up did (makes orders.quantity BIGINT).
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.quantity.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN quantity SET DEFAULT 1;
