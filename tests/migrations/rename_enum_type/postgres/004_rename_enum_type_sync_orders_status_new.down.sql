-- no-transaction
-- Down: drops the trigger orders_status_new_sync of orders, where orders.status has all of
--   orders.status_new.
-- Why: takes back what the way up did (creates the trigger orders_status_new_sync of orders).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE status_new IS NOT NULL AND status_new IS DISTINCT FROM CAST(CAST(status AS TEXT) AS order_state)) THEN
        RAISE EXCEPTION 'some rows have values in orders.status_new that order_status does not take'
            USING HINT = 'give these rows a value in orders.status_new that order_status takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION orders_status_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status_new IS NULL THEN
            NEW.status_new := CAST(CAST(NEW.status AS TEXT) AS order_state);
        ELSE
            NEW.status := CAST(CAST(NEW.status_new AS TEXT) AS order_status);
        END IF;
    ELSIF NEW.status_new IS DISTINCT FROM OLD.status_new THEN
        IF NEW.status_new IS DISTINCT FROM CAST(CAST(NEW.status AS TEXT) AS order_state) THEN
            NEW.status := CAST(CAST(NEW.status_new AS TEXT) AS order_status);
        END IF;
    ELSIF NEW.status_new IS NULL OR NEW.status IS DISTINCT FROM OLD.status THEN
        NEW.status_new := CAST(CAST(NEW.status AS TEXT) AS order_state);
    END IF;
    IF NEW.status_new IS NOT NULL AND NEW.status_new IS DISTINCT FROM CAST(CAST(NEW.status AS TEXT) AS order_state) THEN
        RAISE EXCEPTION 'orders.status_new takes no value any more that order_status does not take: the old release comes back'
            USING HINT = 'stop the new release, or give it a value that the old one reads';
    END IF;
    RETURN NEW;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE status_new IS NOT NULL AND status_new IS DISTINCT FROM CAST(CAST(status AS TEXT) AS order_state)) THEN
        RAISE EXCEPTION 'some rows have values in orders.status_new that order_status does not take'
            USING HINT = 'give these rows a value in orders.status_new that order_status takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_status_new_sync ON orders;
DROP FUNCTION orders_status_new_sync();
COMMIT;
