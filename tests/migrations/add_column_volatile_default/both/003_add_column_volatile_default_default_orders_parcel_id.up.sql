-- no-transaction
-- Up: gives orders.parcel_id its default.
-- Why: new rows get it from now on, also those of the old release.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN parcel_id SET DEFAULT gen_random_uuid();
