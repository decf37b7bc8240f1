-- Up: drops the view purchases.
-- Why: no release uses the old name any more.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP VIEW purchases;
