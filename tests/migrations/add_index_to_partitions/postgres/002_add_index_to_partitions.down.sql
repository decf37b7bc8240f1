-- Down: changes the index idx_events_kind_name of events back.
-- Why: takes back what the way up did (changes the index idx_events_kind_name of events).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events and its partitions; and on the partitions events_2026_01,
--   events_2026_02.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP INDEX idx_events_kind_name;
