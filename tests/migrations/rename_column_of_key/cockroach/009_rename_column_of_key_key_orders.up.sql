-- no-transaction
-- Up: makes (area, id) the primary key of orders.
-- Why: the models have another key.
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER PRIMARY KEY USING COLUMNS (area, id);
