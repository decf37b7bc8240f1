-- Up: creates the trigger users_set_updated_at of users.
-- Why: a trigger comes in a file of its own.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TRIGGER users_set_updated_at
    BEFORE UPDATE ON users
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();
