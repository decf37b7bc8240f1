-- Down: changes the policies of events back.
-- Why: takes back what the way up did (changes the policies of events).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2025_12, events_2026_01.
-- Takes: an instant, once it has the lock.
-- Policies: forced on events.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE POLICY own_region ON events
    USING (region = current_setting('app.region', true));
ALTER TABLE events
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE events
    FORCE ROW LEVEL SECURITY;
ALTER TABLE events_2025_12
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE events_2025_12
    FORCE ROW LEVEL SECURITY;
ALTER TABLE events_2026_01
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE events_2026_01
    FORCE ROW LEVEL SECURITY;
