-- no-transaction
-- Down: creates the trigger orders_note_fill of orders.
-- Why: takes back what the way up did (drops the trigger orders_note_fill of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_note_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).note IS NULL THEN
        NEW.note := 'none';
    END IF;
    RETURN NEW;
END
$$;
