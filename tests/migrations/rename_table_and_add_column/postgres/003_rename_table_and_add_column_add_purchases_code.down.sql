-- Down: drops the column purchases.code.
-- Why: takes back what the way up did (adds the column purchases.code, empty).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into purchases.code since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    DROP COLUMN code;
