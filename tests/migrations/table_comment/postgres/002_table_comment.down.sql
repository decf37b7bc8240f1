-- Down: changes comments of orders and users back.
-- Why: takes back what the way up did (changes comments of orders and users).
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on orders and users, which lets rows be read and written.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

COMMENT ON TABLE users IS 'A customer.';
COMMENT ON TABLE orders IS NULL;
