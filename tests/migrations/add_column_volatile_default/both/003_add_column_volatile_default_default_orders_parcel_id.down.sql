-- no-transaction
-- Down: takes the default of orders.parcel_id away.
-- Why: takes back what the way up did (gives orders.parcel_id its default).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN parcel_id DROP DEFAULT;
