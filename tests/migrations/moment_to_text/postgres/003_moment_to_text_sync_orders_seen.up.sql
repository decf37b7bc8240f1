-- Up: creates the trigger orders_seen_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION orders_seen_sync() RETURNS trigger
    LANGUAGE plpgsql
    SET TimeZone = 'UTC'
    SET DateStyle = 'ISO, YMD'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.seen IS NULL THEN
            NEW.seen := CAST(NEW.seen_at AS TEXT);
        ELSE
            NEW.seen_at := CAST(NEW.seen AS TIMESTAMPTZ);
        END IF;
    ELSIF NEW.seen IS DISTINCT FROM OLD.seen THEN
        IF NEW.seen IS DISTINCT FROM CAST(NEW.seen_at AS TEXT) THEN
            NEW.seen_at := CAST(NEW.seen AS TIMESTAMPTZ);
        END IF;
    ELSIF NEW.seen_at IS DISTINCT FROM OLD.seen_at THEN
        NEW.seen := CAST(NEW.seen_at AS TEXT);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_seen_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_seen_sync();
