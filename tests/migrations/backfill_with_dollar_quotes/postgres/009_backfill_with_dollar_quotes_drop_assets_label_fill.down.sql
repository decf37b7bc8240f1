-- Down: creates the trigger assets_label_fill of assets.
-- Why: takes back what the way up did (drops the trigger assets_label_fill of assets).
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on assets.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION assets_label_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $body1$
BEGIN
    IF NEW.label IS NULL
        OR TG_OP = 'UPDATE' AND NOT (NEW.label IS DISTINCT FROM OLD.label) AND (NEW.code IS DISTINCT FROM OLD.code) THEN
        NEW.label := (SELECT code || '$$' || '$body0$' || '%' FROM (SELECT NEW.code AS code) AS assets);
    END IF;
    RETURN NEW;
END
$body1$;
CREATE TRIGGER assets_label_fill
    BEFORE INSERT OR UPDATE ON assets
    FOR EACH ROW
    EXECUTE FUNCTION assets_label_fill();
ALTER TABLE assets
    ENABLE ALWAYS TRIGGER assets_label_fill;
