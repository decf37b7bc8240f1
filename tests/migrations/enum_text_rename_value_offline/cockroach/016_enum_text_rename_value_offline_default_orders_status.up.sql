-- no-transaction
-- Up: gives orders.status the default 'settled'.
-- Why: rows that are there keep their values.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN status SET DEFAULT 'settled';
