-- no-transaction
-- Up: drops the index idx_parcels_region_order_id of parcels.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on parcels, which lets rows be read and written.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY idx_parcels_region_order_id;
