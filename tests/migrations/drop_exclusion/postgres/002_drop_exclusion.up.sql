-- Up: drops the exclusion constraint bookings_room_booked_during_excl of bookings.
-- Why: the models do not have it any more.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on bookings.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE bookings
    DROP CONSTRAINT bookings_room_booked_during_excl;
