-- no-transaction
-- Down: makes the column orders.amount again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.amount and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_quantity_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).quantity IS NULL THEN
            NEW.quantity := (NEW).amount;
        ELSE
            NEW.amount := (NEW).quantity;
        END IF;
    ELSIF (NEW).quantity IS DISTINCT FROM (OLD).quantity THEN
        IF (NEW).quantity IS DISTINCT FROM (NEW).amount THEN
            NEW.amount := (NEW).quantity;
        END IF;
    ELSIF (NEW).quantity IS NULL OR (NEW).amount IS DISTINCT FROM (OLD).amount THEN
        NEW.quantity := (NEW).amount;
    END IF;
    RETURN NEW;
END
$$;
