-- Up: adds the column events.note.
-- Why: the models have it; the rows that are there are not touched.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2026_01, events_2026_02.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    ADD COLUMN note TEXT;
