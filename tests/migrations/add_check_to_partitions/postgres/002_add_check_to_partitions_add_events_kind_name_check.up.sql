-- Up: adds the check events_kind_name_check of events, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2026_01, events_2026_02.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    ADD CONSTRAINT events_kind_name_check CHECK (kind_name <> '') NOT VALID;
