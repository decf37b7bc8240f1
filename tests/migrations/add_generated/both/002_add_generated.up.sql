-- no-transaction
-- Up: adds the column orders.doubled.
-- Why: the models have it; the rows that are there are not touched.
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Acknowledged: rewrites orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN doubled INT8 NOT NULL GENERATED ALWAYS AS (number * 2) STORED;
