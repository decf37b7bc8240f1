-- Up: drops the trigger users_set_updated_at of users.
-- Why: a trigger comes in a file of its own.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER users_set_updated_at ON users;
