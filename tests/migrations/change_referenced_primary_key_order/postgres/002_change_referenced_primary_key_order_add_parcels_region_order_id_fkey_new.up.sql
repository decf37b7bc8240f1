-- Up: adds the foreign key parcels_region_order_id_fkey of parcels as it is to be, not valid yet.
-- Why: the old one holds until the new one is proved.
-- Phase: contract.
-- Locks: SHARE ROW EXCLUSIVE on parcels and orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE parcels
    ADD CONSTRAINT parcels_region_order_id_fkey_new FOREIGN KEY (region, order_id) REFERENCES orders (region, id) ON DELETE CASCADE NOT VALID;
