-- Down: drops the table articles.
-- Why: takes back what the way up did (creates the table articles).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on each of the tables.
-- Takes: an instant, once it has the lock.
-- Lost: every row of these tables.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE articles;
