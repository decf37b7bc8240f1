-- Up: creates the trigger orders_status_new_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

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
