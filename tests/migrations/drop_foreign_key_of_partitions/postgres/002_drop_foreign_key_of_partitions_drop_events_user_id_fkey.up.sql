-- Up: drops the foreign key events_user_id_fkey of events.
-- Why: the models do not have it any more.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on events and users; and on the partitions events_other.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    DROP CONSTRAINT events_user_id_fkey;
