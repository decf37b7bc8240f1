-- no-transaction
-- Down: builds the index orders_number_unique of orders.
-- Why: takes back what the way up did (drops the index orders_number_unique of orders).
-- Phase: backfill.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY orders_number_unique ON orders (number) WHERE note IS NOT NULL;
