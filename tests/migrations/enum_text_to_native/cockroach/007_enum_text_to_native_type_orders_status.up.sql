-- no-transaction
-- Up: makes orders.status order_status.
-- Why: the database rewrites the column while the program runs.
-- Phase: expand.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN status TYPE order_status USING status::order_status;
