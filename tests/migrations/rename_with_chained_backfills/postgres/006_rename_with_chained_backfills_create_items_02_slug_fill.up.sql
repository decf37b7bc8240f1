-- Up: creates the trigger items_02_slug_fill of items.
-- Why: the rows that the old release writes have no value there, or one that its columns had
--   before.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on items.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION items_02_slug_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.slug IS NULL
        OR TG_OP = 'UPDATE' AND NOT (NEW.slug IS DISTINCT FROM OLD.slug) AND (NEW.title IS DISTINCT FROM OLD.title) THEN
        NEW.slug := (SELECT lower(title) FROM (SELECT NEW.title AS title) AS items);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER items_02_slug_fill
    BEFORE INSERT OR UPDATE ON items
    FOR EACH ROW
    EXECUTE FUNCTION items_02_slug_fill();
ALTER TABLE items
    ENABLE ALWAYS TRIGGER items_02_slug_fill;
