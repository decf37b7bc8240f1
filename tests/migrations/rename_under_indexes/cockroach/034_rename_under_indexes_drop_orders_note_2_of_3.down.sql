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
            NEW.remark := (NEW).note;
        ELSE
            NEW.note := (NEW).remark;
        END IF;
    ELSIF (NEW).remark IS DISTINCT FROM (OLD).remark THEN
        IF (NEW).remark IS DISTINCT FROM (NEW).note THEN
            NEW.note := (NEW).remark;
        END IF;
    ELSIF (NEW).remark IS NULL OR (NEW).note IS DISTINCT FROM (OLD).note THEN
        NEW.remark := (NEW).note;
    END IF;
    RETURN NEW;
END
$$;
