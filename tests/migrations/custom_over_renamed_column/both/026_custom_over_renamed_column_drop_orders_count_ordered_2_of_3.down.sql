-- no-transaction
-- Down: makes the column orders.count_ordered again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.count_ordered and what kept it
--   alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_quantity_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).quantity IS NULL THEN
            NEW.quantity := (NEW).count_ordered;
        ELSE
            NEW.count_ordered := (NEW).quantity;
        END IF;
    ELSIF (NEW).quantity IS DISTINCT FROM (OLD).quantity THEN
        IF (NEW).quantity IS DISTINCT FROM (NEW).count_ordered THEN
            NEW.count_ordered := (NEW).quantity;
        END IF;
    ELSIF (NEW).quantity IS NULL OR (NEW).count_ordered IS DISTINCT FROM (OLD).count_ordered THEN
        NEW.quantity := (NEW).count_ordered;
    END IF;
    RETURN NEW;
END
$$;
