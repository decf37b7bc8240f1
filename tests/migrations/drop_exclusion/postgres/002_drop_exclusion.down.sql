-- Down: makes the exclusion constraint bookings_room_booked_during_excl of bookings.
-- Why: takes back what the way up did (drops the exclusion constraint
--   bookings_room_booked_during_excl of bookings).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on bookings, while it builds the index: there is no other form.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE bookings
    ADD CONSTRAINT bookings_room_booked_during_excl EXCLUDE USING gist (room WITH =, booked_during WITH &&);
