-- Down: takes events_2026_02 out of events.
-- Why: takes back what the way up did (makes events_2026_02 a partition of events).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events and events_2026_02; and on the partitions events_2026_01,
--   events_other.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    DETACH PARTITION events_2026_02;
