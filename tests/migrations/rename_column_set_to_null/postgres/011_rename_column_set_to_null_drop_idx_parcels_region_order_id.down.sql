-- no-transaction
-- Down: builds the index idx_parcels_region_order_id of parcels.
-- Why: takes back what the way up did (drops the index idx_parcels_region_order_id of parcels).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on parcels, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_parcels_region_order_id ON parcels (region, order_id);
