-- no-transaction
-- Up: makes orders.status order_state.
-- Why: the database rewrites the column while the program runs.
-- Phase: expand.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN status TYPE order_state USING CAST(CAST(status AS TEXT) AS order_state);
