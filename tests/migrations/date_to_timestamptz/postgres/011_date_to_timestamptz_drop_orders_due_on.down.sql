-- Down: makes the column orders.due_on again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.due_on and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ADD COLUMN due_on DATE;
CREATE FUNCTION orders_due_at_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.due_at IS NULL THEN
            NEW.due_at := (CAST(NEW.due_on AS TIMESTAMP) AT TIME ZONE 'UTC');
        ELSE
            NEW.due_on := CAST(NEW.due_at AT TIME ZONE 'UTC' AS DATE);
        END IF;
    ELSIF NEW.due_at IS DISTINCT FROM OLD.due_at THEN
        IF NEW.due_at IS DISTINCT FROM (CAST(NEW.due_on AS TIMESTAMP) AT TIME ZONE 'UTC') THEN
            NEW.due_on := CAST(NEW.due_at AT TIME ZONE 'UTC' AS DATE);
        END IF;
    ELSIF NEW.due_at IS NULL OR NEW.due_on IS DISTINCT FROM OLD.due_on AND NEW.due_on IS DISTINCT FROM CAST(NEW.due_at AT TIME ZONE 'UTC' AS DATE) THEN
        NEW.due_at := (CAST(NEW.due_on AS TIMESTAMP) AT TIME ZONE 'UTC');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_due_at_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_due_at_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_due_at_sync;
