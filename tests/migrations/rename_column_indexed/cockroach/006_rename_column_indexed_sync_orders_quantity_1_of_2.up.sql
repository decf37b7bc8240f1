-- no-transaction
-- Up: creates the trigger orders_quantity_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
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
