-- Down: creates events_2025_12 again, without its rows.
-- Why: takes back what the way up did (drops events_2025_12).
-- Phase: expand.
-- Locks: ACCESS SHARE on events.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE events_2025_12 (
    LIKE events INCLUDING ALL EXCLUDING COMMENTS EXCLUDING STATISTICS
);
