-- Down: creates the trigger items_03_anchor_fill of items.
-- Why: takes back what the way up did (drops the trigger items_03_anchor_fill of items).
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on items.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION items_03_anchor_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.anchor IS NULL
        OR TG_OP = 'UPDATE' AND NOT (NEW.anchor IS DISTINCT FROM OLD.anchor) AND (NEW.slug IS DISTINCT FROM OLD.slug) THEN
        NEW.anchor := (SELECT slug || '!' FROM (SELECT NEW.slug AS slug) AS items);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER items_03_anchor_fill
    BEFORE INSERT OR UPDATE ON items
    FOR EACH ROW
    EXECUTE FUNCTION items_03_anchor_fill();
ALTER TABLE items
    ENABLE ALWAYS TRIGGER items_03_anchor_fill;
