-- no-transaction
-- Down: builds the index orders_pkey_old of orders.
-- Why: takes back what the way up did (leaves the primary key orders_pkey of orders to the next
--   file).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY orders_pkey_old ON orders (region_old, id);
