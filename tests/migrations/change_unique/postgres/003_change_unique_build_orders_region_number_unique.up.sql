-- no-transaction
-- Up: builds the index orders_region_number_unique of orders.
-- Why: the index of a key is built while the program runs, and becomes the key in the next file.
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY orders_region_number_unique ON orders (region, number);
