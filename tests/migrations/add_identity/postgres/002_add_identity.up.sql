-- Up: adds the column orders.sequence_number.
-- Why: the models have it; the rows that are there are not touched.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Acknowledged: rewrites orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE orders
    ADD COLUMN sequence_number BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY;
