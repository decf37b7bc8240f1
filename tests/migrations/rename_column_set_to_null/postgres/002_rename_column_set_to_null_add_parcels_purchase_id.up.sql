-- Up: adds the column parcels.purchase_id, empty.
-- Why: it takes the place of parcels.order_id, which the old release goes on using.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on parcels.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE parcels
    ADD COLUMN purchase_id UUID;
