-- no-transaction
-- Down: changes comments of orders and users back.
-- Why: takes back what the way up did (changes comments of orders and users).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

COMMENT ON TABLE orders IS NULL;
