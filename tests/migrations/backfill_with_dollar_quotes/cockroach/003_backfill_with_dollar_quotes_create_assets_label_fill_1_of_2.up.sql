-- no-transaction
-- Up: creates the trigger assets_label_fill of assets.
-- Why: the rows that the old release writes may have no value there.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION assets_label_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $body1$
BEGIN
    IF (NEW).label IS NULL THEN
        NEW.label := (SELECT code || '$$' || '$body0$' || '%' FROM (SELECT (NEW).code AS code) AS assets);
    END IF;
    RETURN NEW;
END
$body1$;
