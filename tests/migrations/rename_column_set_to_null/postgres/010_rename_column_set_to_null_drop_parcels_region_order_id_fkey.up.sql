-- Up: drops the foreign key parcels_region_order_id_fkey of parcels.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on parcels and orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE parcels
    DROP CONSTRAINT parcels_region_order_id_fkey;
