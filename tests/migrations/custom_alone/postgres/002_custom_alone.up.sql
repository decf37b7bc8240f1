-- no-transaction
-- Up: makes idx_quantity.
-- Why: what it stands on is there.
-- Phase: expand.
-- Locks: those of its statements.
-- Takes: as long as its statement.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_orders_twice ON orders ((quantity * 2));
