-- Down: drops the column purchases.remark.
-- Why: takes back what the way up did (adds the column purchases.remark, empty).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    DROP COLUMN remark;
