-- Up: creates the trigger orders_code_new_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION orders_code_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.code_new IS NULL THEN
            NEW.code_new := CAST(NEW.code AS TEXT);
        ELSE
            NEW.code := CAST(NEW.code_new AS VARCHAR(20));
        END IF;
    ELSIF NEW.code_new IS DISTINCT FROM OLD.code_new THEN
        IF NEW.code_new IS DISTINCT FROM CAST(NEW.code AS TEXT) THEN
            NEW.code := CAST(NEW.code_new AS VARCHAR(20));
        END IF;
    ELSIF NEW.code_new IS NULL OR NEW.code IS DISTINCT FROM OLD.code THEN
        NEW.code_new := CAST(NEW.code AS TEXT);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_code_new_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_code_new_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_code_new_sync;
