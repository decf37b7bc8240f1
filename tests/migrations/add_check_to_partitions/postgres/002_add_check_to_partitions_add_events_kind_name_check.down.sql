-- Down: drops the check events_kind_name_check of events.
-- Why: takes back what the way up did (adds the check events_kind_name_check of events, not valid
--   yet).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2026_01, events_2026_02.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    DROP CONSTRAINT IF EXISTS events_kind_name_check;
