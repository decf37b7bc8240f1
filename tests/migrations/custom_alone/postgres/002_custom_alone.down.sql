-- no-transaction
-- Down: takes away idx_quantity.
-- Why: takes back what the way up did (makes idx_quantity).
-- Phase: contract.
-- Locks: those of its statements.
-- Takes: as long as its statement.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY idx_orders_twice;
