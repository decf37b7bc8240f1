-- no-transaction
-- Down: creates the trigger zz_orders_cry_fill of orders.
-- Why: takes back what the way up did (drops the trigger zz_orders_cry_fill of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION zz_orders_cry_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).cry IS NULL
        OR TG_OP = 'UPDATE' AND NOT ((NEW).cry IS DISTINCT FROM (OLD).cry) AND ((NEW).name IS DISTINCT FROM (OLD).name) THEN
        NEW.cry := (SELECT name || '!' FROM (SELECT (NEW).name AS name) AS orders);
    END IF;
    RETURN NEW;
END
$$;
