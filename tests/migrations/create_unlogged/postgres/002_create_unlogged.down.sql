-- Down: drops the table tickets.
-- Why: takes back what the way up did (creates the table tickets).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on tickets.
-- Takes: an instant, once it has the lock.
-- Lost: every row of tickets.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE tickets;
