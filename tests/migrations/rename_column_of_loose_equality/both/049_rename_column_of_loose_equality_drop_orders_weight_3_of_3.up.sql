-- no-transaction
-- Up: drops the column orders.weight and what kept it alike.
-- Why: its values are in orders.mass.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP COLUMN weight;
