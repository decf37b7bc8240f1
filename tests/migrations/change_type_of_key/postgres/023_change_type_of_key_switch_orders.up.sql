-- Up: gives orders.user_id the place that was kept for it.
-- Why: a program reads the column as one type or the other.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_user_id_new_sync ON orders;
DROP FUNCTION orders_user_id_new_sync();
ALTER TABLE orders
    RENAME COLUMN user_id TO user_id_old;
ALTER TABLE orders
    RENAME COLUMN user_id_new TO user_id;
ALTER INDEX idx_orders_user_id
    RENAME TO idx_orders_user_id_old;
ALTER INDEX idx_orders_user_id_new
    RENAME TO idx_orders_user_id;
ALTER TABLE orders
    RENAME CONSTRAINT orders_user_id_fkey_new TO orders_user_id_fkey;
CREATE FUNCTION orders_user_id_old_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.user_id_old := CAST(NEW.user_id AS INTEGER);
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_user_id_old_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_user_id_old_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_user_id_old_sync;
