-- no-transaction
-- Down: makes (region, id) the primary key of orders.
-- Why: takes back what the way up did (makes (area, id) the primary key of orders).
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER PRIMARY KEY USING COLUMNS (region, id);
