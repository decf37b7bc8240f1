-- no-transaction
-- Up: builds the index orders_code_unique_new of orders.
-- Why: the old key holds until the index of the new one is built.
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY orders_code_unique_new ON orders (code) NULLS NOT DISTINCT;
