-- Up: makes events_2026_02 a partition of events.
-- Why: it is empty, so nothing is read.
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on events, ACCESS EXCLUSIVE on events_2026_02; and on the
--   partitions events_2026_01.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    ATTACH PARTITION events_2026_02 FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
