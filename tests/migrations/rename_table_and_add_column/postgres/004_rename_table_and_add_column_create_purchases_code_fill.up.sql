-- Up: creates the trigger purchases_code_fill of purchases.
-- Why: the rows that the old release writes have no value there, or one that its columns had
--   before.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION purchases_code_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.code IS NULL
        OR TG_OP = 'UPDATE' AND NOT (NEW.code IS DISTINCT FROM OLD.code) AND (NEW.number IS DISTINCT FROM OLD.number) THEN
        NEW.code := (SELECT number::text FROM (SELECT NEW.number AS number) AS purchases);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER purchases_code_fill
    BEFORE INSERT OR UPDATE ON purchases
    FOR EACH ROW
    EXECUTE FUNCTION purchases_code_fill();
ALTER TABLE purchases
    ENABLE ALWAYS TRIGGER purchases_code_fill;
