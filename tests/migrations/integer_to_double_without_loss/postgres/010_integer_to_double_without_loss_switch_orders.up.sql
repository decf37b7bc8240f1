-- Up: gives orders.weight the place that was kept for it.
-- Why: a program reads the column as one type or the other.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_weight_new_sync ON orders;
DROP FUNCTION orders_weight_new_sync();
ALTER TABLE orders
    RENAME COLUMN weight TO weight_old;
ALTER TABLE orders
    RENAME COLUMN weight_new TO weight;
CREATE FUNCTION orders_weight_old_sync() RETURNS trigger
    LANGUAGE plpgsql
    SET extra_float_digits = '1'
    AS $$
BEGIN
    NEW.weight_old := CAST(NEW.weight AS BIGINT);
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_weight_old_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_weight_old_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_weight_old_sync;
