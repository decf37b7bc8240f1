-- Down: drops the column parcels.purchase_id.
-- Why: takes back what the way up did (adds the column parcels.purchase_id, empty).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on parcels.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE parcels
    DROP COLUMN purchase_id;
