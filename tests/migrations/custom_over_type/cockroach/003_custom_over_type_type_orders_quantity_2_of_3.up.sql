-- no-transaction
-- Up: makes orders.quantity BIGINT, and makes order_totals anew, which would stand in the way.
-- Why: the database rewrites the column while the program runs.
-- Phase: expand.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN quantity TYPE INT8 USING quantity::INT8;
