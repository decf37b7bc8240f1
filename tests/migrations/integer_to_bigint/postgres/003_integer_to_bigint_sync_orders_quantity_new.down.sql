-- no-transaction
-- Down: drops the trigger orders_quantity_new_sync of orders, where orders.quantity has all of
--   orders.quantity_new.
-- Why: takes back what the way up did (creates the trigger orders_quantity_new_sync of orders).
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
    IF EXISTS (SELECT FROM orders WHERE quantity_new IS NOT NULL AND quantity_new IS DISTINCT FROM CAST(quantity AS BIGINT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.quantity_new that INTEGER does not take'
            USING HINT = 'give these rows a value in orders.quantity_new that INTEGER takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION orders_quantity_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.quantity_new IS NULL THEN
            NEW.quantity_new := CAST(NEW.quantity AS BIGINT);
        ELSE
            NEW.quantity := CAST(NEW.quantity_new AS INTEGER);
        END IF;
    ELSIF NEW.quantity_new IS DISTINCT FROM OLD.quantity_new THEN
        IF NEW.quantity_new IS DISTINCT FROM CAST(NEW.quantity AS BIGINT) THEN
            NEW.quantity := CAST(NEW.quantity_new AS INTEGER);
        END IF;
    ELSIF NEW.quantity_new IS NULL OR NEW.quantity IS DISTINCT FROM OLD.quantity THEN
        NEW.quantity_new := CAST(NEW.quantity AS BIGINT);
    END IF;
    IF NEW.quantity_new IS NOT NULL AND NEW.quantity_new IS DISTINCT FROM CAST(NEW.quantity AS BIGINT) THEN
        RAISE EXCEPTION 'orders.quantity_new takes no value any more that INTEGER does not take: the old release comes back'
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
    IF EXISTS (SELECT FROM orders WHERE quantity_new IS NOT NULL AND quantity_new IS DISTINCT FROM CAST(quantity AS BIGINT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.quantity_new that INTEGER does not take'
            USING HINT = 'give these rows a value in orders.quantity_new that INTEGER takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_quantity_new_sync ON orders;
DROP FUNCTION orders_quantity_new_sync();
COMMIT;
