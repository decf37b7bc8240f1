-- no-transaction
-- Up: creates the trigger orders_label_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_label_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).label IS NULL THEN
            NEW.label := CAST((NEW).code AS TEXT);
        ELSE
            NEW.code := CAST((NEW).label AS VARCHAR(20));
        END IF;
    ELSIF (NEW).label IS DISTINCT FROM (OLD).label THEN
        IF (NEW).label IS DISTINCT FROM CAST((NEW).code AS TEXT) THEN
            NEW.code := CAST((NEW).label AS VARCHAR(20));
        END IF;
    ELSIF (NEW).label IS NULL OR (NEW).code IS DISTINCT FROM (OLD).code THEN
        NEW.label := CAST((NEW).code AS TEXT);
    END IF;
    RETURN NEW;
END
$$;
