-- no-transaction
-- Down: lets the triggers of orders write the old columns again.
-- Why: takes back what the way up did (lets the triggers of orders write the new columns).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE OR REPLACE FUNCTION zz_orders_label_alike() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).label IS DISTINCT FROM (NEW).name THEN
        NEW.label := (NEW).name;
    END IF;
    RETURN NEW;
END
$$;
