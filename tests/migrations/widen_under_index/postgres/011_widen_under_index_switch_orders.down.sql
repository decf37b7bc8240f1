-- Down: gives orders.code back its old place.
-- Why: takes back what the way up did (gives orders.code the place that was kept for it).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_code_old_sync ON orders;
DROP FUNCTION orders_code_old_sync();
ALTER TABLE orders
    RENAME COLUMN code TO code_new;
ALTER TABLE orders
    RENAME COLUMN code_old TO code;
ALTER INDEX idx_orders_lower_code
    RENAME TO idx_orders_lower_code_new;
ALTER INDEX idx_orders_lower_code_old
    RENAME TO idx_orders_lower_code;
CREATE FUNCTION orders_code_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.code_new IS NULL THEN
            NEW.code_new := CAST(NEW.code AS TEXT);
        ELSE
            NEW.code := CAST(NEW.code_new AS VARCHAR(20));
        END IF;
    ELSIF NEW.code_new IS DISTINCT FROM OLD.code_new THEN
        IF NEW.code_new IS DISTINCT FROM CAST(NEW.code AS TEXT) THEN
            NEW.code := CAST(NEW.code_new AS VARCHAR(20));
        END IF;
    ELSIF NEW.code_new IS NULL OR NEW.code IS DISTINCT FROM OLD.code THEN
        NEW.code_new := CAST(NEW.code AS TEXT);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_code_new_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_code_new_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_code_new_sync;
