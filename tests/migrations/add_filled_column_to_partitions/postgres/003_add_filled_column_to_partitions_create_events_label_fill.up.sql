-- Up: creates the trigger events_label_fill of events.
-- Why: the rows that the old release writes have no value there, or one that its columns had
--   before.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on events; and on the partitions events_2026_01.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION events_label_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.label IS NULL
        OR TG_OP = 'UPDATE' AND NOT (NEW.label IS DISTINCT FROM OLD.label) AND (NEW.kind_name IS DISTINCT FROM OLD.kind_name) THEN
        NEW.label := (SELECT upper(kind_name) FROM (SELECT NEW.kind_name AS kind_name) AS events);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER events_label_fill
    BEFORE INSERT OR UPDATE ON events
    FOR EACH ROW
    EXECUTE FUNCTION events_label_fill();
ALTER TABLE events
    ENABLE ALWAYS TRIGGER events_label_fill;
