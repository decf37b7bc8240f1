-- Down: makes the column orders.name again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.name and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ADD COLUMN name TEXT;
CREATE FUNCTION orders_label_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.label IS NULL THEN
            NEW.label := NEW.name;
        ELSE
            NEW.name := NEW.label;
        END IF;
    ELSIF NEW.label IS DISTINCT FROM OLD.label THEN
        IF NEW.label IS DISTINCT FROM NEW.name THEN
            NEW.name := NEW.label;
        END IF;
    ELSIF NEW.label IS NULL OR NEW.name IS DISTINCT FROM OLD.name THEN
        NEW.label := NEW.name;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_label_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_label_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_label_sync;
