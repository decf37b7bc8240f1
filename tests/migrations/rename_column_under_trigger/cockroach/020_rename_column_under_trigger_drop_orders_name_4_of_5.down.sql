-- no-transaction
-- Down: makes the column orders.name again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.name and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION "00_orders_label_sync"() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).label IS NULL THEN
            NEW.label := (NEW).name;
        ELSE
            NEW.name := (NEW).label;
        END IF;
    ELSIF (NEW).label IS DISTINCT FROM (OLD).label THEN
        IF (NEW).label IS DISTINCT FROM (NEW).name THEN
            NEW.name := (NEW).label;
        END IF;
    ELSIF (NEW).label IS NULL OR (NEW).name IS DISTINCT FROM (OLD).name THEN
        NEW.label := (NEW).name;
    END IF;
    RETURN NEW;
END
$$;
