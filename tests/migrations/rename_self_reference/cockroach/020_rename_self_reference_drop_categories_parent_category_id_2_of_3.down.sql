-- no-transaction
-- Down: makes the column categories.parent_category_id again; the next file fills it.
-- Why: takes back what the way up did (drops the column categories.parent_category_id and what kept
--   it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION categories_upper_category_id_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).upper_category_id IS NULL THEN
            NEW.upper_category_id := (NEW).parent_category_id;
        ELSE
            NEW.parent_category_id := (NEW).upper_category_id;
        END IF;
    ELSIF (NEW).upper_category_id IS DISTINCT FROM (OLD).upper_category_id THEN
        IF (NEW).upper_category_id IS DISTINCT FROM (NEW).parent_category_id THEN
            NEW.parent_category_id := (NEW).upper_category_id;
        END IF;
    ELSIF (NEW).upper_category_id IS NULL OR (NEW).parent_category_id IS DISTINCT FROM (OLD).parent_category_id THEN
        NEW.upper_category_id := (NEW).parent_category_id;
    END IF;
    RETURN NEW;
END
$$;
