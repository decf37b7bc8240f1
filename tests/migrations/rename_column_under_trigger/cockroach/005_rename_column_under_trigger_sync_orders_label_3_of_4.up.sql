-- no-transaction
-- Up: creates the trigger 00_orders_label_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION zz_orders_label_alike() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).label IS DISTINCT FROM (NEW).name THEN
        NEW.label := (NEW).name;
    END IF;
    RETURN NEW;
END
$$;
