-- Up: creates the trigger orders_quantity_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION orders_quantity_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.quantity IS NULL THEN
            NEW.quantity := NEW.count_ordered;
        ELSE
            NEW.count_ordered := NEW.quantity;
        END IF;
    ELSIF NEW.quantity IS DISTINCT FROM OLD.quantity THEN
        IF NEW.quantity IS DISTINCT FROM NEW.count_ordered THEN
            NEW.count_ordered := NEW.quantity;
        END IF;
    ELSIF NEW.quantity IS NULL OR NEW.count_ordered IS DISTINCT FROM OLD.count_ordered THEN
        NEW.quantity := NEW.count_ordered;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_quantity_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_quantity_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_quantity_sync;
