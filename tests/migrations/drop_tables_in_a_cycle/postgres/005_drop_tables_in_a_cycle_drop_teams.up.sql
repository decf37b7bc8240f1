-- Up: drops the table teams.
-- Why: no release uses it any more.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on teams.
-- Takes: an instant, once it has the lock.
-- Acknowledged: drops teams.
-- Lost: every row of teams: the way back makes the table, a backup has its rows.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE teams;
