-- no-transaction
-- Up: stops numbering orders.sequence_number.
-- Why: the models say who numbers it.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN sequence_number DROP IDENTITY;
