-- no-transaction
-- Up: drops the index orders_pkey_old of orders, where a way back left it.
-- Why: the old index goes with the old key; the way back builds it here before it becomes the key
--   again.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: an instant where it is not there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY IF EXISTS orders_pkey_old;
