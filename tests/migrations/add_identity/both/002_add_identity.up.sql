-- no-transaction
-- Up: adds the column orders.sequence_number.
-- Why: the models have it; the rows that are there are not touched.
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Acknowledged: rewrites orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN sequence_number INT8 NOT NULL GENERATED ALWAYS AS IDENTITY;
