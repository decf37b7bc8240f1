-- no-transaction
-- Down: lets orders.parcel_id take NULL.
-- Why: takes back what the way up did (forbids NULL in orders.parcel_id).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN parcel_id DROP NOT NULL;
