-- no-transaction
-- Up: creates the trigger orders_remark_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_remark_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).remark IS NULL THEN
            NEW.remark := (NEW).memo;
        ELSE
            NEW.memo := (NEW).remark;
        END IF;
    ELSIF (NEW).remark IS DISTINCT FROM (OLD).remark THEN
        IF (NEW).remark IS DISTINCT FROM (NEW).memo THEN
            NEW.memo := (NEW).remark;
        END IF;
    ELSIF (NEW).remark IS NULL OR (NEW).memo IS DISTINCT FROM (OLD).memo THEN
        NEW.remark := (NEW).memo;
    END IF;
    RETURN NEW;
END
$$;
