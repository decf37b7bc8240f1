-- no-transaction
-- Up: builds the index idx_orders_doubled_number of orders.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_orders_doubled_number ON orders (doubled, number);
