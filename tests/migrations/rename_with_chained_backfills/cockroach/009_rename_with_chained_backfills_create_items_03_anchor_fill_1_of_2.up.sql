-- no-transaction
-- Up: creates the trigger items_03_anchor_fill of items.
-- Why: the rows that the old release writes may have no value there.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION items_03_anchor_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).anchor IS NULL THEN
        NEW.anchor := (SELECT slug || '!' FROM (SELECT (NEW).slug AS slug) AS items);
    END IF;
    RETURN NEW;
END
$$;
