-- Up: gives orders.quantity the place that was kept for it.
-- Why: a program reads the column as one type or the other.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_quantity_new_sync ON orders;
DROP FUNCTION orders_quantity_new_sync();
ALTER TABLE orders
    RENAME COLUMN quantity TO quantity_old;
ALTER TABLE orders
    RENAME COLUMN quantity_new TO quantity;
ALTER TABLE orders
    ALTER COLUMN quantity SET DEFAULT 1;
ALTER TABLE orders
    RENAME CONSTRAINT orders_quantity_check TO orders_quantity_check_old;
ALTER INDEX idx_orders_quantity
    RENAME TO idx_orders_quantity_old;
ALTER INDEX idx_orders_quantity_new
    RENAME TO idx_orders_quantity;
ALTER TABLE orders
    RENAME CONSTRAINT orders_quantity_check_new TO orders_quantity_check;
CREATE FUNCTION orders_quantity_old_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.quantity_old := CAST(NEW.quantity AS INTEGER);
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_quantity_old_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_quantity_old_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_quantity_old_sync;
