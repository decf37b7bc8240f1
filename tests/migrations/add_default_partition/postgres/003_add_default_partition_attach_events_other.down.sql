-- Down: takes events_other out of events.
-- Why: takes back what the way up did (makes events_other a partition of events).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events and events_other; and on the partitions events_2026_01.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    DETACH PARTITION events_other;
