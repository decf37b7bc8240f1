-- no-transaction
-- Down: makes orders.user_id INTEGER.
-- Why: takes back what the way up did (makes orders.user_id BIGINT).
-- Phase: contract.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN user_id TYPE INT4 USING user_id::INT4;
