-- Down: creates the trigger orders_note_fill of orders.
-- Why: takes back what the way up did (drops the trigger orders_note_fill of orders).
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION orders_note_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.note IS NULL THEN
        NEW.note := 'none';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_note_fill
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_note_fill();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_note_fill;
