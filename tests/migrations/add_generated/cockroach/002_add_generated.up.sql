-- no-transaction
-- Up: adds the column orders.doubled.
-- Why: the models have it; the rows that are there are not touched.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN doubled INT8 NOT NULL GENERATED ALWAYS AS (number * 2) STORED;
