-- Down: gives orders.user_id back its old place.
-- Why: takes back what the way up did (gives orders.user_id the place that was kept for it).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_user_id_old_sync ON orders;
DROP FUNCTION orders_user_id_old_sync();
ALTER TABLE orders
    RENAME COLUMN user_id TO user_id_new;
ALTER TABLE orders
    RENAME COLUMN user_id_old TO user_id;
ALTER TABLE orders
    RENAME CONSTRAINT orders_user_id_fkey TO orders_user_id_fkey_new;
ALTER INDEX idx_orders_user_id
    RENAME TO idx_orders_user_id_new;
ALTER INDEX idx_orders_user_id_old
    RENAME TO idx_orders_user_id;
CREATE FUNCTION orders_user_id_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.user_id_new IS NULL THEN
            NEW.user_id_new := CAST(NEW.user_id AS BIGINT);
        ELSE
            NEW.user_id := CAST(NEW.user_id_new AS INTEGER);
        END IF;
    ELSIF NEW.user_id_new IS DISTINCT FROM OLD.user_id_new THEN
        IF NEW.user_id_new IS DISTINCT FROM CAST(NEW.user_id AS BIGINT) THEN
            NEW.user_id := CAST(NEW.user_id_new AS INTEGER);
        END IF;
    ELSIF NEW.user_id_new IS NULL OR NEW.user_id IS DISTINCT FROM OLD.user_id THEN
        NEW.user_id_new := CAST(NEW.user_id AS BIGINT);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_user_id_new_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_user_id_new_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_user_id_new_sync;
