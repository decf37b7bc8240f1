-- Down: drops the trigger purchases_remark_sync of purchases.
-- Why: takes back what the way up did (creates the trigger purchases_remark_sync of purchases).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER purchases_remark_sync ON purchases;
DROP FUNCTION purchases_remark_sync();
