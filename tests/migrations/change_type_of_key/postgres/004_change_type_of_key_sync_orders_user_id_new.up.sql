-- Up: creates the trigger orders_user_id_new_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION orders_user_id_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.user_id_new IS NULL THEN
            NEW.user_id_new := CAST(NEW.user_id AS BIGINT);
        ELSE
            NEW.user_id := CAST(NEW.user_id_new AS INTEGER);
        END IF;
    ELSIF NEW.user_id_new IS DISTINCT FROM OLD.user_id_new THEN
        IF NEW.user_id_new IS DISTINCT FROM CAST(NEW.user_id AS BIGINT) THEN
            NEW.user_id := CAST(NEW.user_id_new AS INTEGER);
        END IF;
    ELSIF NEW.user_id_new IS NULL OR NEW.user_id IS DISTINCT FROM OLD.user_id THEN
        NEW.user_id_new := CAST(NEW.user_id AS BIGINT);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_user_id_new_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_user_id_new_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_user_id_new_sync;
