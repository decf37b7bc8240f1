-- Down: creates the trigger orders_code_fill of orders.
-- Why: takes back what the way up did (drops the trigger orders_code_fill of orders).
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION orders_code_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.code IS NULL
        OR TG_OP = 'UPDATE' AND NOT (NEW.code IS DISTINCT FROM OLD.code) AND (NEW.number IS DISTINCT FROM OLD.number OR NEW.code IS NULL AND (NEW.id IS DISTINCT FROM OLD.id)) THEN
        NEW.code := (SELECT number::TEXT FROM (SELECT NEW.number AS number) AS orders);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_code_fill
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_code_fill();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_code_fill;
