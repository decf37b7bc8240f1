-- no-transaction
-- Down: makes the column items.name again; the next file fills it.
-- Why: takes back what the way up did (drops the column items.name and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION items_01_title_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).title IS NULL THEN
            NEW.title := (NEW).name;
        ELSE
            NEW.name := (NEW).title;
        END IF;
    ELSIF (NEW).title IS DISTINCT FROM (OLD).title THEN
        IF (NEW).title IS DISTINCT FROM (NEW).name THEN
            NEW.name := (NEW).title;
        END IF;
    ELSIF (NEW).title IS NULL OR (NEW).name IS DISTINCT FROM (OLD).name THEN
        NEW.title := (NEW).name;
    END IF;
    RETURN NEW;
END
$$;
