-- no-transaction
-- Up: creates the trigger orders_state_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_state_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).state IS NULL THEN
            NEW.state := (CASE (NEW).status WHEN 'paid' THEN 'settled' ELSE (NEW).status END);
        ELSE
            NEW.status := (CASE (NEW).state WHEN 'settled' THEN 'paid' ELSE (NEW).state END);
        END IF;
    ELSIF (NEW).state IS DISTINCT FROM (OLD).state THEN
        IF (NEW).state IS DISTINCT FROM (CASE (NEW).status WHEN 'paid' THEN 'settled' ELSE (NEW).status END) THEN
            NEW.status := (CASE (NEW).state WHEN 'settled' THEN 'paid' ELSE (NEW).state END);
        END IF;
    ELSIF (NEW).state IS NULL OR (NEW).status IS DISTINCT FROM (OLD).status THEN
        NEW.state := (CASE (NEW).status WHEN 'paid' THEN 'settled' ELSE (NEW).status END);
    END IF;
    RETURN NEW;
END
$$;
