-- no-transaction
-- Down: stops numbering orders.sequence_number.
-- Why: takes back what the way up did (numbers orders.sequence_number).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN sequence_number DROP IDENTITY;
