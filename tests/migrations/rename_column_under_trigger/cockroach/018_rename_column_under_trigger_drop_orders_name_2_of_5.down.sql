-- no-transaction
-- Down: makes the column orders.name again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.name and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION zz_orders_label_alike() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).label IS DISTINCT FROM (NEW).name THEN
        NEW.name := (NEW).label;
    END IF;
    RETURN NEW;
END
$$;
