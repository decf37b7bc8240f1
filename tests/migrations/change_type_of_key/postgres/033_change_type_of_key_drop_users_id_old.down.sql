-- Down: makes the column users.id_old again; the next file fills it.
-- Why: takes back what the way up did (drops the column users.id_old and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE users
    ADD COLUMN id_old INTEGER;
CREATE FUNCTION users_id_old_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.id_old := CAST(NEW.id AS INTEGER);
    RETURN NEW;
END
$$;
CREATE TRIGGER users_id_old_sync
    BEFORE INSERT OR UPDATE ON users
    FOR EACH ROW
    EXECUTE FUNCTION users_id_old_sync();
ALTER TABLE users
    ENABLE ALWAYS TRIGGER users_id_old_sync;
