-- no-transaction
-- Down: drops the function log_order.
-- Why: takes back what the way up did (creates the function log_order).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION log_order();
