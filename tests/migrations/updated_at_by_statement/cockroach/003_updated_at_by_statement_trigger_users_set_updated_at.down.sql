-- no-transaction
-- Down: creates the trigger users_set_updated_at of users.
-- Why: takes back what the way up did (drops the trigger users_set_updated_at of users).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER users_set_updated_at
    BEFORE UPDATE ON users
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();
