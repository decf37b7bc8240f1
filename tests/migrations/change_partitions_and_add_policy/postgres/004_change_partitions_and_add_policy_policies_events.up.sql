-- Up: changes the policies of events.
-- Why: they may hide rows from the old release, which is gone; all of a table change at one moment,
--   so that no row is seen by whom it should not.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events and events_2026_02; and on the partitions events_2025_12,
--   events_2026_01.
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
ALTER TABLE events_2026_01
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE events_2026_01
    FORCE ROW LEVEL SECURITY;
ALTER TABLE events_2026_02
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE events_2026_02
    FORCE ROW LEVEL SECURITY;
