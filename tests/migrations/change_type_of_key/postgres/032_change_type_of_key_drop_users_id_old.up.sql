-- Up: drops the column users.id_old and what kept it alike.
-- Why: its values are in users.id.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER users_id_old_sync ON users;
DROP FUNCTION users_id_old_sync();
ALTER TABLE users
    DROP COLUMN id_old;
