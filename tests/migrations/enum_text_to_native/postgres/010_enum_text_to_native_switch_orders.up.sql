-- Up: gives orders.status the place that was kept for it.
-- Why: a program reads the column as one type or the other.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_status_new_sync ON orders;
DROP FUNCTION orders_status_new_sync();
ALTER TABLE orders
    RENAME COLUMN status TO status_old;
ALTER TABLE orders
    RENAME COLUMN status_new TO status;
ALTER TABLE orders
    RENAME CONSTRAINT orders_status_check TO orders_status_check_old;
CREATE FUNCTION orders_status_old_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.status_old := CAST(NEW.status AS TEXT);
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_status_old_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_status_old_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_status_old_sync;
