-- Down: makes the column orders.price again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.price and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ADD COLUMN price NUMERIC(12, 2);
CREATE FUNCTION orders_cost_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.cost IS NULL THEN
            NEW.cost := NEW.price;
        ELSE
            NEW.price := NEW.cost;
        END IF;
    ELSIF (SELECT r FROM (SELECT NEW.cost) AS r) *<> (SELECT r FROM (SELECT OLD.cost) AS r) THEN
        IF (SELECT r FROM (SELECT NEW.cost) AS r) *<> (SELECT r FROM (SELECT NEW.price) AS r) THEN
            NEW.price := NEW.cost;
        END IF;
    ELSIF NEW.cost IS NULL OR (SELECT r FROM (SELECT NEW.price) AS r) *<> (SELECT r FROM (SELECT OLD.price) AS r) THEN
        NEW.cost := NEW.price;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_cost_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_cost_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_cost_sync;
