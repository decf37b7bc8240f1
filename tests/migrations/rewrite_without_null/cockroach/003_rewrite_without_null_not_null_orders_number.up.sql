-- no-transaction
-- Up: forbids NULL in orders.number.
-- Why: the models have no NULL there.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN number SET NOT NULL;
