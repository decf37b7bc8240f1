-- Down: drops the trigger users_id_new_sync of users.
-- Why: takes back what the way up did (creates the trigger users_id_new_sync of users).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER users_id_new_sync ON users;
DROP FUNCTION users_id_new_sync();
