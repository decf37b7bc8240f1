-- Up: drops the trigger events_label_fill of events.
-- Why: the old release is gone.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2026_01.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER events_label_fill ON events;
DROP FUNCTION events_label_fill();
