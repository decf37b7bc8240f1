-- Down: gives orders.region back its old place.
-- Why: takes back what the way up did (gives orders.region the place that was kept for it).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_region_old_sync ON orders;
DROP FUNCTION orders_region_old_sync();
ALTER TABLE orders
    RENAME COLUMN region TO region_new;
ALTER TABLE orders
    RENAME COLUMN region_old TO region;
CREATE FUNCTION orders_region_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.region_new IS NULL THEN
            NEW.region_new := CAST(NEW.region AS BIGINT);
        ELSE
            NEW.region := CAST(NEW.region_new AS INTEGER);
        END IF;
    ELSIF NEW.region_new IS DISTINCT FROM OLD.region_new THEN
        IF NEW.region_new IS DISTINCT FROM CAST(NEW.region AS BIGINT) THEN
            NEW.region := CAST(NEW.region_new AS INTEGER);
        END IF;
    ELSIF NEW.region_new IS NULL OR NEW.region IS DISTINCT FROM OLD.region THEN
        NEW.region_new := CAST(NEW.region AS BIGINT);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_region_new_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_region_new_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_region_new_sync;
