-- Down: renames events back.
-- Why: takes back what the way up did (renames what the models name otherwise in events).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2026_01.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    RENAME COLUMN label TO kind_name;
