-- no-transaction
-- Up: creates the trigger assets_label_fill of assets.
-- Why: the rows that the old release writes have no value there, or one that its columns had
--   before.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION assets_label_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $body1$
BEGIN
    IF (NEW).label IS NULL
        OR TG_OP = 'UPDATE' AND NOT ((NEW).label IS DISTINCT FROM (OLD).label) AND ((NEW).code IS DISTINCT FROM (OLD).code) THEN
        NEW.label := (SELECT code || '$$' || '$body0$' || '%' FROM (SELECT (NEW).code AS code) AS assets);
    END IF;
    RETURN NEW;
END
$body1$;
