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
ALTER TABLE orders
    RENAME CONSTRAINT orders_status_number_check TO orders_status_number_check_new;
ALTER TABLE orders
    RENAME CONSTRAINT orders_status_check TO orders_status_check_new;
ALTER INDEX orders_number_unique
    RENAME TO orders_number_unique_new;
ALTER INDEX idx_orders_status_number
    RENAME TO idx_orders_status_number_new;
ALTER INDEX idx_orders_number
    RENAME TO idx_orders_number_new;
ALTER INDEX idx_orders_number_old
    RENAME TO idx_orders_number;
ALTER INDEX idx_orders_status_number_old
    RENAME TO idx_orders_status_number;
ALTER INDEX orders_number_unique_old
    RENAME TO orders_number_unique;
ALTER TABLE orders
    RENAME CONSTRAINT orders_status_check_old TO orders_status_check;
ALTER TABLE orders
    RENAME CONSTRAINT orders_status_number_check_old TO orders_status_number_check;
CREATE FUNCTION orders_status_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status_new IS NULL THEN
            NEW.status_new := (CASE NEW.status WHEN 'paid' THEN 'settled' ELSE NEW.status END);
        ELSE
            NEW.status := (CASE NEW.status_new WHEN 'settled' THEN 'paid' ELSE NEW.status_new END);
        END IF;
    ELSIF NEW.status_new IS DISTINCT FROM OLD.status_new THEN
        IF NEW.status_new IS DISTINCT FROM (CASE NEW.status WHEN 'paid' THEN 'settled' ELSE NEW.status END) THEN
            NEW.status := (CASE NEW.status_new WHEN 'settled' THEN 'paid' ELSE NEW.status_new END);
        END IF;
    ELSIF NEW.status_new IS NULL OR NEW.status IS DISTINCT FROM OLD.status THEN
        NEW.status_new := (CASE NEW.status WHEN 'paid' THEN 'settled' ELSE NEW.status END);
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
