-- Up: creates the trigger orders_buyer_user_id_sync of orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION orders_buyer_user_id_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.buyer_user_id IS NULL THEN
            NEW.buyer_user_id := NEW.user_id;
        ELSE
            NEW.user_id := NEW.buyer_user_id;
        END IF;
    ELSIF NEW.buyer_user_id IS DISTINCT FROM OLD.buyer_user_id THEN
        IF NEW.buyer_user_id IS DISTINCT FROM NEW.user_id THEN
            NEW.user_id := NEW.buyer_user_id;
        END IF;
    ELSIF NEW.buyer_user_id IS NULL OR NEW.user_id IS DISTINCT FROM OLD.user_id THEN
        NEW.buyer_user_id := NEW.user_id;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_buyer_user_id_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_buyer_user_id_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_buyer_user_id_sync;
