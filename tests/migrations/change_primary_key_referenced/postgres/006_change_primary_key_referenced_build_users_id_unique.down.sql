-- Down: drops the unique key users_id_unique of users and its index.
-- Why: takes back what the way up did (builds the index users_id_unique of users).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE users
    DROP CONSTRAINT IF EXISTS users_id_unique;
DROP INDEX IF EXISTS users_id_unique;
