-- no-transaction
-- Up: forbids NULL in orders.note.
-- Why: the models have no NULL there.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: no NULL in orders.note.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN note SET NOT NULL;
