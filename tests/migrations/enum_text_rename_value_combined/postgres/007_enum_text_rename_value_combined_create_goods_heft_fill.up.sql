-- Up: creates the trigger goods_heft_fill of goods.
-- Why: the rows that the old release writes have no value there, or one that its columns had
--   before.
-- Phase: contract.
-- Locks: SHARE ROW EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION goods_heft_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.heft IS NULL
        OR TG_OP = 'UPDATE' AND NOT (NEW.heft IS DISTINCT FROM OLD.heft) AND (NEW.weight IS DISTINCT FROM OLD.weight) THEN
        NEW.heft := (SELECT weight * 2 FROM (SELECT NEW.weight AS weight) AS goods);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER goods_heft_fill
    BEFORE INSERT OR UPDATE ON goods
    FOR EACH ROW
    EXECUTE FUNCTION goods_heft_fill();
ALTER TABLE goods
    ENABLE ALWAYS TRIGGER goods_heft_fill;
