-- no-transaction
-- Up: creates the trigger goods_heft_fill of goods.
-- Why: the rows that the old release writes may have no value there.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION goods_heft_fill() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW).heft IS NULL THEN
        NEW.heft := (SELECT weight * 2 FROM (SELECT (NEW).weight AS weight) AS goods);
    END IF;
    RETURN NEW;
END
$$;
