-- Down: gives orders.tags back its old place.
-- Why: takes back what the way up did (gives orders.tags the place that was kept for it).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_tags_old_sync ON orders;
DROP FUNCTION orders_tags_old_sync();
ALTER TABLE orders
    RENAME COLUMN tags TO tags_new;
ALTER TABLE orders
    RENAME COLUMN tags_old TO tags;
CREATE FUNCTION orders_tags_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.tags_new IS NULL THEN
            NEW.tags_new := CAST(NEW.tags AS TEXT[]);
        ELSE
            NEW.tags := CAST(NEW.tags_new AS VARCHAR(12)[]);
        END IF;
    ELSIF NEW.tags_new IS DISTINCT FROM OLD.tags_new THEN
        IF NEW.tags_new IS DISTINCT FROM CAST(NEW.tags AS TEXT[]) THEN
            NEW.tags := CAST(NEW.tags_new AS VARCHAR(12)[]);
        END IF;
    ELSIF NEW.tags_new IS NULL OR NEW.tags IS DISTINCT FROM OLD.tags THEN
        NEW.tags_new := CAST(NEW.tags AS TEXT[]);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_tags_new_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_tags_new_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_tags_new_sync;
