-- no-transaction
-- Down: makes orders.number INTEGER.
-- Why: takes back what the way up did (makes orders.number BIGINT).
-- Phase: contract.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN number TYPE INT4 USING number::INT4;
