-- Down: drops events_2026_02.
-- Why: takes back what the way up did (creates events_2026_02, to be a partition of events).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events_2026_02.
-- Takes: an instant, once it has the lock.
-- Lost: every row of events_2026_02.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE events_2026_02;
