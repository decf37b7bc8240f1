-- Down: drops the column events.label.
-- Why: takes back what the way up did (adds the column events.label, empty).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2026_01.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into events.label since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    DROP COLUMN label;
