-- no-transaction
-- Up: builds the index orders_pkey_new of orders.
-- Why: the old key holds until the index of the new one is built.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY orders_pkey_new ON orders (area, id);
