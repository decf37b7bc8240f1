-- no-transaction
-- Down: drops the index idx_parcels_region_order_id of parcels.
-- Why: takes back what the way up did (builds the index idx_parcels_region_order_id of parcels).
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on parcels, which lets rows be read and written.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY idx_parcels_region_order_id;
