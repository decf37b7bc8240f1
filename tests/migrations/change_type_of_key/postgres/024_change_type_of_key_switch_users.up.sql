-- Up: gives users.id the place that was kept for it.
-- Why: a program reads the column as one type or the other.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER users_id_new_sync ON users;
DROP FUNCTION users_id_new_sync();
ALTER TABLE users
    RENAME COLUMN id TO id_old;
ALTER TABLE users
    RENAME COLUMN id_new TO id;
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
