-- no-transaction
-- Up: creates the trigger orders_ordered_at_fill of orders.
-- Why: the rows that the old release writes have no value there, or one that its columns had
--   before.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_ordered_at_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).ordered_at IS NULL
        OR TG_OP = 'UPDATE' AND NOT ((NEW).ordered_at IS DISTINCT FROM (OLD).ordered_at) AND ((NEW).created_at IS DISTINCT FROM (OLD).created_at) THEN
        NEW.ordered_at := (SELECT created_at FROM (SELECT (NEW).created_at AS created_at) AS orders);
    END IF;
    RETURN NEW;
END
$$;
