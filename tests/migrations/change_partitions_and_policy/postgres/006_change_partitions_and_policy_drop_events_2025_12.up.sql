-- Up: drops events_2025_12.
-- Why: no release uses its rows any more.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events_2025_12.
-- Takes: an instant, once it has the lock.
-- Acknowledged: drops events_2025_12.
-- Lost: every row of events_2025_12.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE events_2025_12;
