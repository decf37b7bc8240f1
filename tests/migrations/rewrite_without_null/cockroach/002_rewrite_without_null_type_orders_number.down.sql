-- no-transaction
-- Down: makes orders.number BIGINT again.
-- Why: takes back what the way up did (makes orders.number TEXT).
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.number.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN number TYPE INT8 USING number::INT8;
