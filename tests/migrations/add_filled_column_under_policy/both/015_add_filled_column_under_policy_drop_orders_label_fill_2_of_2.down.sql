-- no-transaction
-- Down: creates the trigger orders_label_fill of orders.
-- Why: takes back what the way up did (drops the trigger orders_label_fill of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_label_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).label IS NULL THEN
        NEW.label := (SELECT upper(region) FROM (SELECT (NEW).region AS region) AS orders);
    END IF;
    RETURN NEW;
END
$$;
