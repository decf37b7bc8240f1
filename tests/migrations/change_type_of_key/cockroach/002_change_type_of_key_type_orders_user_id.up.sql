-- no-transaction
-- Up: makes orders.user_id BIGINT.
-- Why: the database rewrites the column while the program runs.
-- Phase: expand.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN user_id TYPE INT8 USING user_id::INT8;
