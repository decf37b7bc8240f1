-- Up: creates the trigger orders_remark_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Acknowledged: loses orders.remark.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION orders_remark_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.remark IS NULL THEN
            NEW.remark := CAST(NEW.note AS VARCHAR(20));
        ELSE
            NEW.note := CAST(NEW.remark AS TEXT);
        END IF;
    ELSIF NEW.remark IS DISTINCT FROM OLD.remark THEN
        IF NEW.remark IS DISTINCT FROM CAST(NEW.note AS VARCHAR(20)) THEN
            NEW.note := CAST(NEW.remark AS TEXT);
        END IF;
    ELSIF NEW.remark IS NULL OR NEW.note IS DISTINCT FROM OLD.note AND NEW.note IS DISTINCT FROM CAST(NEW.remark AS TEXT) THEN
        NEW.remark := CAST(NEW.note AS VARCHAR(20));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_remark_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_remark_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_remark_sync;
