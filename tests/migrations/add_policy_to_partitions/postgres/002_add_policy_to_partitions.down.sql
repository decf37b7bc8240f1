-- Down: changes the policies of events back.
-- Why: takes back what the way up did (changes the policies of events).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2026_01.
-- Takes: an instant, once it has the lock.
-- Policies: gone from events.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    NO FORCE ROW LEVEL SECURITY;
ALTER TABLE events
    DISABLE ROW LEVEL SECURITY;
ALTER TABLE events_2026_01
    NO FORCE ROW LEVEL SECURITY;
ALTER TABLE events_2026_01
    DISABLE ROW LEVEL SECURITY;
DROP POLICY own_region ON events;
