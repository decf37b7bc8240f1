-- Down: makes the column orders.memo again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.memo and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ADD COLUMN memo TEXT;
CREATE FUNCTION orders_remark_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.remark IS NULL THEN
            NEW.remark := NEW.memo;
        ELSE
            NEW.memo := NEW.remark;
        END IF;
    ELSIF NEW.remark IS DISTINCT FROM OLD.remark THEN
        IF NEW.remark IS DISTINCT FROM NEW.memo THEN
            NEW.memo := NEW.remark;
        END IF;
    ELSIF NEW.remark IS NULL OR NEW.memo IS DISTINCT FROM OLD.memo THEN
        NEW.remark := NEW.memo;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_remark_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_remark_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_remark_sync;
