-- no-transaction
-- Up: creates the trigger orders_cost_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_cost_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).cost IS NULL THEN
            NEW.cost := (NEW).price;
        ELSE
            NEW.price := (NEW).cost;
        END IF;
    ELSIF CAST((NEW).cost AS TEXT) IS DISTINCT FROM CAST((OLD).cost AS TEXT) THEN
        IF CAST((NEW).cost AS TEXT) IS DISTINCT FROM CAST((NEW).price AS TEXT) THEN
            NEW.price := (NEW).cost;
        END IF;
    ELSIF (NEW).cost IS NULL OR CAST((NEW).price AS TEXT) IS DISTINCT FROM CAST((OLD).price AS TEXT) THEN
        NEW.cost := (NEW).price;
    END IF;
    RETURN NEW;
END
$$;
