-- Down: makes the column orders.memo again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.memo and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS SHARE MODE;
DO $$
BEGIN
    IF row_security_active('orders') THEN
        RAISE EXCEPTION 'row-level security hides rows of orders from this role, and the migration must see every row'
            USING HINT = 'apply the migrations as a role with BYPASSRLS that is a member of the tables'' owner; or, where the program does not connect as the owner: cargo schema migrate … --acknowledge "no FORCE on orders"';
    END IF;
END
$$;
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
