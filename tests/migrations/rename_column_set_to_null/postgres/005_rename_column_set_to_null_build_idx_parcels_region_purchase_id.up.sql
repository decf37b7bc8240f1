-- no-transaction
-- Up: builds the index idx_parcels_region_purchase_id of parcels.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: backfill.
-- Locks: SHARE UPDATE EXCLUSIVE on parcels, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_parcels_region_purchase_id ON parcels (region, purchase_id);
