-- no-transaction
-- Down: makes the column orders.weight again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.weight and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_mass_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).mass IS NULL THEN
            NEW.mass := (NEW).weight;
        ELSE
            NEW.weight := (NEW).mass;
        END IF;
    ELSIF CAST((NEW).mass AS TEXT) IS DISTINCT FROM CAST((OLD).mass AS TEXT) THEN
        IF CAST((NEW).mass AS TEXT) IS DISTINCT FROM CAST((NEW).weight AS TEXT) THEN
            NEW.weight := (NEW).mass;
        END IF;
    ELSIF (NEW).mass IS NULL OR CAST((NEW).weight AS TEXT) IS DISTINCT FROM CAST((OLD).weight AS TEXT) THEN
        NEW.mass := (NEW).weight;
    END IF;
    RETURN NEW;
END
$$;
