-- Down: makes the column orders.code_old again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.code_old and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ADD COLUMN code_old VARCHAR(20);
CREATE FUNCTION orders_code_old_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.code_old := CAST(NEW.code AS VARCHAR(20));
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_code_old_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_code_old_sync();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_code_old_sync;
