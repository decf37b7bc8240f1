-- Up: creates the trigger items_01_title_sync of items.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on items.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION items_01_title_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.title IS NULL THEN
            NEW.title := NEW.name;
        ELSE
            NEW.name := NEW.title;
        END IF;
    ELSIF NEW.title IS DISTINCT FROM OLD.title THEN
        IF NEW.title IS DISTINCT FROM NEW.name THEN
            NEW.name := NEW.title;
        END IF;
    ELSIF NEW.title IS NULL OR NEW.name IS DISTINCT FROM OLD.name THEN
        NEW.title := NEW.name;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER items_01_title_sync
    BEFORE INSERT OR UPDATE ON items
    FOR EACH ROW
    EXECUTE FUNCTION items_01_title_sync();
ALTER TABLE items
    ENABLE ALWAYS TRIGGER items_01_title_sync;
