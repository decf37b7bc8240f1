-- no-transaction
-- Down: makes the column orders.note again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.note and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_remark_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).remark IS NULL THEN
            NEW.remark := CAST((NEW).note AS VARCHAR(20));
        ELSE
            NEW.note := CAST((NEW).remark AS TEXT);
        END IF;
    ELSIF (NEW).remark IS DISTINCT FROM (OLD).remark THEN
        IF (NEW).remark IS DISTINCT FROM CAST((NEW).note AS VARCHAR(20)) THEN
            NEW.note := CAST((NEW).remark AS TEXT);
        END IF;
    ELSIF (NEW).remark IS NULL OR (NEW).note IS DISTINCT FROM (OLD).note AND (NEW).note IS DISTINCT FROM CAST((NEW).remark AS TEXT) THEN
        NEW.remark := CAST((NEW).note AS VARCHAR(20));
    END IF;
    RETURN NEW;
END
$$;
