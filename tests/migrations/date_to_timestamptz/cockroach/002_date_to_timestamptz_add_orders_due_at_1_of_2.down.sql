-- no-transaction
-- Down: drops the column orders.due_at, where the old column has all of it.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: contract.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP COLUMN due_at;
