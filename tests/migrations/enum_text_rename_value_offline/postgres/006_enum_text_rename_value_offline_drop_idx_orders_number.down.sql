-- no-transaction
-- Down: builds the index idx_orders_number of orders.
-- Why: takes back what the way up did (drops the index idx_orders_number of orders).
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_orders_number ON orders (number) WHERE status = 'paid';
