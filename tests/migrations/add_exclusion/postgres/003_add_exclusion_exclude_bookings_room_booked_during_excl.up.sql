-- Up: makes the exclusion constraint bookings_room_booked_during_excl of bookings.
-- Why: an exclusion constraint cannot be built beside the running program.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on bookings, while it builds the index.
-- Takes: as long as every row takes to be read.
-- Acknowledged: blocks bookings.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE bookings
    ADD CONSTRAINT bookings_room_booked_during_excl EXCLUDE USING gist (room WITH =, booked_during WITH &&);
