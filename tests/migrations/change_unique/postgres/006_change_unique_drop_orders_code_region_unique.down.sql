-- no-transaction
-- Down: builds the index orders_code_region_unique of orders.
-- Why: takes back what the way up did (drops the unique key orders_code_region_unique of orders and
--   its index).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY orders_code_region_unique ON orders (code, region);
