-- Down: gives orders.quantity back its old place.
-- Why: takes back what the way up did (gives orders.quantity the place that was kept for it).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_quantity_old_sync ON orders;
DROP FUNCTION orders_quantity_old_sync();
ALTER TABLE orders
    RENAME COLUMN quantity TO quantity_new;
ALTER TABLE orders
    RENAME COLUMN quantity_old TO quantity;
CREATE FUNCTION orders_quantity_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.quantity_new IS NULL THEN
            NEW.quantity_new := CAST(NEW.quantity AS BIGINT);
        ELSE
            NEW.quantity := CAST(NEW.quantity_new AS INTEGER);
        END IF;
    ELSIF NEW.quantity_new IS DISTINCT FROM OLD.quantity_new THEN
        IF NEW.quantity_new IS DISTINCT FROM CAST(NEW.quantity AS BIGINT) THEN
            NEW.quantity := CAST(NEW.quantity_new AS INTEGER);
        END IF;
    ELSIF NEW.quantity_new IS NULL OR NEW.quantity IS DISTINCT FROM OLD.quantity THEN
        NEW.quantity_new := CAST(NEW.quantity AS BIGINT);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_quantity_new_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_quantity_new_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_quantity_new_sync;
