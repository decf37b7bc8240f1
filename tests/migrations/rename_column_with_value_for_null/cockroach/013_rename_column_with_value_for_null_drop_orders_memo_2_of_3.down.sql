-- no-transaction
-- Down: makes the column orders.memo again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.memo and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_remark_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).remark IS NULL THEN
            NEW.remark := coalesce((NEW).memo, 'none');
        ELSE
            NEW.memo := (NEW).remark;
        END IF;
    ELSIF (NEW).remark IS DISTINCT FROM (OLD).remark THEN
        IF (NEW).remark IS DISTINCT FROM coalesce((NEW).memo, 'none') THEN
            NEW.memo := (NEW).remark;
        END IF;
    ELSIF (NEW).remark IS NULL OR (NEW).memo IS DISTINCT FROM (OLD).memo THEN
        NEW.remark := coalesce((NEW).memo, 'none');
    END IF;
    RETURN NEW;
END
$$;
