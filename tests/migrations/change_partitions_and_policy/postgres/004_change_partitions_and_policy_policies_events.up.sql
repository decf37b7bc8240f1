-- Up: changes the policies of events.
-- Why: all policies of a table change at one moment, so that no row is seen by whom it should not.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2025_12, events_2026_01.
-- Takes: an instant, once it has the lock.
-- Policies: gone from events.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    NO FORCE ROW LEVEL SECURITY;
ALTER TABLE events
    DISABLE ROW LEVEL SECURITY;
ALTER TABLE events_2025_12
    NO FORCE ROW LEVEL SECURITY;
ALTER TABLE events_2025_12
    DISABLE ROW LEVEL SECURITY;
ALTER TABLE events_2026_01
    NO FORCE ROW LEVEL SECURITY;
ALTER TABLE events_2026_01
    DISABLE ROW LEVEL SECURITY;
DROP POLICY own_region ON events;
