-- Down: gives orders.status back its old place.
-- Why: takes back what the way up did (gives orders.status the place that was kept for it).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_status_old_sync ON orders;
DROP FUNCTION orders_status_old_sync();
ALTER TABLE orders
    RENAME COLUMN status TO status_new;
ALTER TABLE orders
    RENAME COLUMN status_old TO status;
ALTER TABLE orders
    ALTER COLUMN status_new DROP DEFAULT;
CREATE FUNCTION orders_status_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status_new IS NULL THEN
            NEW.status_new := CAST(CAST(NEW.status AS TEXT) AS order_state);
        ELSE
            NEW.status := CAST(CAST(NEW.status_new AS TEXT) AS order_status);
        END IF;
    ELSIF NEW.status_new IS DISTINCT FROM OLD.status_new THEN
        IF NEW.status_new IS DISTINCT FROM CAST(CAST(NEW.status AS TEXT) AS order_state) THEN
            NEW.status := CAST(CAST(NEW.status_new AS TEXT) AS order_status);
        END IF;
    ELSIF NEW.status_new IS NULL OR NEW.status IS DISTINCT FROM OLD.status THEN
        NEW.status_new := CAST(CAST(NEW.status AS TEXT) AS order_state);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_status_new_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_status_new_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_status_new_sync;
