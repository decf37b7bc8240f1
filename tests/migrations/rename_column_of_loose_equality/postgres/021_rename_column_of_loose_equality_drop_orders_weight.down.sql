-- Down: makes the column orders.weight again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.weight and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ADD COLUMN weight DOUBLE PRECISION;
CREATE FUNCTION orders_mass_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.mass IS NULL THEN
            NEW.mass := NEW.weight;
        ELSE
            NEW.weight := NEW.mass;
        END IF;
    ELSIF (SELECT r FROM (SELECT NEW.mass) AS r) *<> (SELECT r FROM (SELECT OLD.mass) AS r) THEN
        IF (SELECT r FROM (SELECT NEW.mass) AS r) *<> (SELECT r FROM (SELECT NEW.weight) AS r) THEN
            NEW.weight := NEW.mass;
        END IF;
    ELSIF NEW.mass IS NULL OR (SELECT r FROM (SELECT NEW.weight) AS r) *<> (SELECT r FROM (SELECT OLD.weight) AS r) THEN
        NEW.mass := NEW.weight;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_mass_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_mass_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_mass_sync;
