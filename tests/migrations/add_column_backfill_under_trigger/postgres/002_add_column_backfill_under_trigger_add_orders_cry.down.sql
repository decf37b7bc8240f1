-- Down: drops the column orders.cry.
-- Why: takes back what the way up did (adds the column orders.cry, empty).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into orders.cry since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    DROP COLUMN cry;
