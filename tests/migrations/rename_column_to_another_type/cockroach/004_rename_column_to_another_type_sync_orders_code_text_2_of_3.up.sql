-- no-transaction
-- Up: creates the trigger orders_code_text_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION orders_code_text_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW).code_text IS NULL THEN
            NEW.code_text := CAST((NEW).code AS TEXT);
        ELSE
            NEW.code := CAST((NEW).code_text AS INT8);
        END IF;
    ELSIF (NEW).code_text IS DISTINCT FROM (OLD).code_text THEN
        IF (NEW).code_text IS DISTINCT FROM CAST((NEW).code AS TEXT) THEN
            NEW.code := CAST((NEW).code_text AS INT8);
        END IF;
    ELSIF (NEW).code_text IS NULL OR (NEW).code IS DISTINCT FROM (OLD).code THEN
        NEW.code_text := CAST((NEW).code AS TEXT);
    END IF;
    RETURN NEW;
END
$$;
