-- Down: drops events_other.
-- Why: takes back what the way up did (creates events_other, to be a partition of events).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on events_other.
-- Takes: an instant, once it has the lock.
-- Lost: every row of events_other.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE events_other;
