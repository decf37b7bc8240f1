-- Down: drops the table bookings.
-- Why: takes back what the way up did (creates the table bookings).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on bookings.
-- Takes: an instant, once it has the lock.
-- Lost: every row of bookings.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE bookings;
