-- no-transaction
-- Down: makes the column orders.region again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.region and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_area_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).area IS NULL THEN
            NEW.area := (NEW).region;
        ELSE
            NEW.region := (NEW).area;
        END IF;
    ELSIF (NEW).area IS DISTINCT FROM (OLD).area THEN
        IF (NEW).area IS DISTINCT FROM (NEW).region THEN
            NEW.region := (NEW).area;
        END IF;
    ELSIF (NEW).area IS NULL OR (NEW).region IS DISTINCT FROM (OLD).region THEN
        NEW.area := (NEW).region;
    END IF;
    RETURN NEW;
END
$$;
