-- no-transaction
-- Up: lets the triggers of orders write the new columns.
-- Why: their functions name the columns of one release, and the columns of the other follow.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE OR REPLACE FUNCTION zz_orders_label_alike() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).label IS DISTINCT FROM (NEW).name THEN
        NEW.name := (NEW).label;
    END IF;
    RETURN NEW;
END
$$;
