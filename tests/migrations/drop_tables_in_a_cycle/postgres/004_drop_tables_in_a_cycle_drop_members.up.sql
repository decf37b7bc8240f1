-- Up: drops the table members.
-- Why: no release uses it any more.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on members.
-- Takes: an instant, once it has the lock.
-- Acknowledged: drops members.
-- Lost: every row of members: the way back makes the table, a backup has its rows.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE members;
