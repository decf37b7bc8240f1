-- no-transaction
-- Up: adds the foreign key parcels_region_order_id_fkey of parcels as it is to be, not valid yet.
-- Why: the old one holds until the new one is proved.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE parcels
    ADD CONSTRAINT parcels_region_order_id_fkey_new FOREIGN KEY (region, order_id) REFERENCES orders (region, id) ON DELETE CASCADE NOT VALID;
