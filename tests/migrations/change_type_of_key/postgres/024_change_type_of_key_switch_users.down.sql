-- Down: gives users.id back its old place.
-- Why: takes back what the way up did (gives users.id the place that was kept for it).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER users_id_old_sync ON users;
DROP FUNCTION users_id_old_sync();
ALTER TABLE users
    RENAME COLUMN id TO id_new;
ALTER TABLE users
    RENAME COLUMN id_old TO id;
CREATE FUNCTION users_id_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.id_new IS NULL THEN
            NEW.id_new := CAST(NEW.id AS BIGINT);
        ELSE
            NEW.id := CAST(NEW.id_new AS INTEGER);
        END IF;
    ELSIF NEW.id_new IS DISTINCT FROM OLD.id_new THEN
        IF NEW.id_new IS DISTINCT FROM CAST(NEW.id AS BIGINT) THEN
            NEW.id := CAST(NEW.id_new AS INTEGER);
        END IF;
    ELSIF NEW.id_new IS NULL OR NEW.id IS DISTINCT FROM OLD.id THEN
        NEW.id_new := CAST(NEW.id AS BIGINT);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER users_id_new_sync
    BEFORE INSERT OR UPDATE ON users
    FOR EACH ROW
    EXECUTE FUNCTION users_id_new_sync();
ALTER TABLE users
    ENABLE ALWAYS TRIGGER users_id_new_sync;
