-- Up: gives orders.quantity the place that was kept for it, and makes order_totals anew, which
--   would stand in the way.
-- Why: a program reads the column as one type or the other.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on orders; those of its statements of order_totals.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP VIEW order_totals;

DROP TRIGGER orders_quantity_new_sync ON orders;
DROP FUNCTION orders_quantity_new_sync();
ALTER TABLE orders
    RENAME COLUMN quantity TO quantity_old;
ALTER TABLE orders
    RENAME COLUMN quantity_new TO quantity;
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

CREATE VIEW order_totals AS
    SELECT number, quantity FROM orders;
