-- Up: creates the trigger users_id_new_sync of users.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

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
