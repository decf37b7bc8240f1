-- Up: drops the column purchases.note and what kept it alike.
-- Why: its values are in purchases.remark.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER purchases_remark_sync ON purchases;
DROP FUNCTION purchases_remark_sync();
ALTER TABLE purchases
    DROP COLUMN note;
