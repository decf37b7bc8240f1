-- no-transaction
-- Down: creates the trigger orders_doubled_fill of orders.
-- Why: takes back what the way up did (drops the trigger orders_doubled_fill of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_doubled_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).doubled IS NULL
        OR TG_OP = 'UPDATE' AND NOT ((NEW).doubled IS DISTINCT FROM (OLD).doubled) AND ((NEW).number IS DISTINCT FROM (OLD).number) THEN
        NEW.doubled := (SELECT number * 2 FROM (SELECT (NEW).number AS number) AS orders);
    END IF;
    RETURN NEW;
END
$$;
