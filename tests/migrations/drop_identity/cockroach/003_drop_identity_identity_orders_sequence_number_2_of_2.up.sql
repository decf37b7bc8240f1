-- no-transaction
-- Up: stops numbering orders.sequence_number.
-- Why: the models say who numbers it.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: how far orders.sequence_number was numbered: the way back goes on after the last number
--   that is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN sequence_number DROP IDENTITY;
