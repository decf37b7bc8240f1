-- Up: creates the trigger purchases_code_fill of purchases.
-- Why: the rows that the old release writes may have no value there.
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
    IF NEW.code IS NULL THEN
        NEW.code := (SELECT number::text FROM (SELECT NEW.number AS number) AS purchases);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER purchases_code_fill
    BEFORE INSERT OR UPDATE ON purchases
    FOR EACH ROW
    EXECUTE FUNCTION purchases_code_fill();
