-- Down: takes no number for orders.sequence_number but the server's.
-- Why: takes back what the way up did (takes a number for orders.sequence_number where one is
--   given).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ALTER COLUMN sequence_number SET GENERATED ALWAYS;
