-- Up: gives orders.region the place that was kept for it.
-- Why: a program reads the column as one type or the other.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_region_new_sync ON orders;
DROP FUNCTION orders_region_new_sync();
ALTER TABLE orders
    RENAME COLUMN region TO region_old;
ALTER TABLE orders
    RENAME COLUMN region_new TO region;
CREATE FUNCTION orders_region_old_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.region_old := CAST(NEW.region AS INTEGER);
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_region_old_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_region_old_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_region_old_sync;
