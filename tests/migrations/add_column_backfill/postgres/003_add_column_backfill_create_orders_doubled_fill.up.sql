-- Up: creates the trigger orders_doubled_fill of orders.
-- Why: the rows that the old release writes have no value there, or one that its columns had
--   before.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION orders_doubled_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.doubled IS NULL
        OR TG_OP = 'UPDATE' AND NOT (NEW.doubled IS DISTINCT FROM OLD.doubled) AND (NEW.number IS DISTINCT FROM OLD.number) THEN
        NEW.doubled := (SELECT number * 2 FROM (SELECT NEW.number AS number) AS orders);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_doubled_fill
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_doubled_fill();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_doubled_fill;
