-- no-transaction
-- Down: drops the index orders_code_unique of orders.
-- Why: takes back what the way up did (builds the index orders_code_unique of orders).
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY orders_code_unique;
