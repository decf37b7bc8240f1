-- no-transaction
-- Up: creates the trigger orders_note_fill of orders.
-- Why: the rows that the old release writes may have no value there.
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
