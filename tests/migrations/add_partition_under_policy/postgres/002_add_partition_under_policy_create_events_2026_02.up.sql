-- Up: creates events_2026_02, to be a partition of events.
-- Why: a table by itself first: made as a partition at once it would block the whole table.
-- Phase: expand.
-- Locks: ACCESS SHARE on events.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE events_2026_02 (
    LIKE events INCLUDING ALL EXCLUDING COMMENTS EXCLUDING STATISTICS
);
ALTER TABLE events_2026_02
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE events_2026_02
    FORCE ROW LEVEL SECURITY;
