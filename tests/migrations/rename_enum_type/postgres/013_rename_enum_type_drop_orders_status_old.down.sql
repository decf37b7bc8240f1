-- Down: makes the column orders.status_old again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.status_old and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ADD COLUMN status_old order_status;
ALTER TABLE orders
    ALTER COLUMN status_old SET DEFAULT 'pending';
CREATE FUNCTION orders_status_old_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.status_old := CAST(CAST(NEW.status AS TEXT) AS order_status);
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_status_old_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_status_old_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_status_old_sync;
