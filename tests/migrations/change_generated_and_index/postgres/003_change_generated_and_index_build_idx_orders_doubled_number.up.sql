-- no-transaction
-- Up: builds the index idx_orders_doubled_number of orders.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_orders_doubled_number ON orders (doubled, number);
