-- Up: creates the trigger orders_weight_new_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Acknowledged: no loss in orders.weight.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION orders_weight_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    SET extra_float_digits = '1'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.weight_new IS NULL THEN
            NEW.weight_new := CAST(NEW.weight AS DOUBLE PRECISION);
        ELSE
            NEW.weight := CAST(NEW.weight_new AS BIGINT);
        END IF;
    ELSIF (SELECT r FROM (SELECT NEW.weight_new) AS r) *<> (SELECT r FROM (SELECT OLD.weight_new) AS r) THEN
        IF (SELECT r FROM (SELECT NEW.weight_new) AS r) *<> (SELECT r FROM (SELECT CAST(NEW.weight AS DOUBLE PRECISION)) AS r) THEN
            NEW.weight := CAST(NEW.weight_new AS BIGINT);
        END IF;
    ELSIF NEW.weight_new IS NULL OR NEW.weight IS DISTINCT FROM OLD.weight AND NEW.weight IS DISTINCT FROM CAST(NEW.weight_new AS BIGINT) THEN
        NEW.weight_new := CAST(NEW.weight AS DOUBLE PRECISION);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_weight_new_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_weight_new_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_weight_new_sync;
