-- Down: drops the trigger parcels_purchase_id_sync of parcels.
-- Why: takes back what the way up did (creates the trigger parcels_purchase_id_sync of parcels).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on parcels.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER parcels_purchase_id_sync ON parcels;
DROP FUNCTION parcels_purchase_id_sync();
