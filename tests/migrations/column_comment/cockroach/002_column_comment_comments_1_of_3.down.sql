-- no-transaction
-- Down: changes comments of orders back.
-- Why: takes back what the way up did (changes comments of orders).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

COMMENT ON COLUMN orders.quantity IS 'How many.';
