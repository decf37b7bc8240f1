-- Down: drops the function log_order.
-- Why: takes back what the way up did (creates the function log_order).
-- Phase: contract.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP FUNCTION log_order();
