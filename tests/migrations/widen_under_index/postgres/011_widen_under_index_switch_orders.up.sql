-- Up: gives orders.code the place that was kept for it.
-- Why: a program reads the column as one type or the other.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_code_new_sync ON orders;
DROP FUNCTION orders_code_new_sync();
ALTER TABLE orders
    RENAME COLUMN code TO code_old;
ALTER TABLE orders
    RENAME COLUMN code_new TO code;
ALTER INDEX idx_orders_lower_code
    RENAME TO idx_orders_lower_code_old;
ALTER INDEX idx_orders_lower_code_new
    RENAME TO idx_orders_lower_code;
CREATE FUNCTION orders_code_old_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.code_old := CAST(NEW.code AS VARCHAR(20));
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_code_old_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_code_old_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_code_old_sync;
