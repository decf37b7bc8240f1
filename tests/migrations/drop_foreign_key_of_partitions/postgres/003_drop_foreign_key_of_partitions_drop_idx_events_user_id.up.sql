-- Up: changes the index idx_events_user_id of events.
-- Why: PostgreSQL builds the indexes of all partitions at once.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events and its partitions; and on the partitions events_other.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP INDEX idx_events_user_id;
