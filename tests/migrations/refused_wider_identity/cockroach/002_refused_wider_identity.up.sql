-- no-transaction
-- Up: makes orders.number BIGINT.
-- Why: the database rewrites the column while the program runs.
-- Phase: expand.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN number TYPE INT8 USING number::INT8;
