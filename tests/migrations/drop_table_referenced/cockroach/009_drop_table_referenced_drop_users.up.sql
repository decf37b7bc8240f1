-- no-transaction
-- Up: drops the table users.
-- Why: no release uses it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: drops users.
-- Lost: every row of users: the way back makes the table, a backup has its rows.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TABLE users;
