-- no-transaction
-- Down: drops the trigger orders_region_new_sync of orders, where orders.region has all of
--   orders.region_new.
-- Why: takes back what the way up did (creates the trigger orders_region_new_sync of orders).
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
    IF EXISTS (SELECT FROM orders WHERE region_new IS NOT NULL AND region_new IS DISTINCT FROM CAST(region AS BIGINT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.region_new that INTEGER does not take'
            USING HINT = 'give these rows a value in orders.region_new that INTEGER takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION orders_region_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.region_new IS NULL THEN
            NEW.region_new := CAST(NEW.region AS BIGINT);
        ELSE
            NEW.region := CAST(NEW.region_new AS INTEGER);
        END IF;
    ELSIF NEW.region_new IS DISTINCT FROM OLD.region_new THEN
        IF NEW.region_new IS DISTINCT FROM CAST(NEW.region AS BIGINT) THEN
            NEW.region := CAST(NEW.region_new AS INTEGER);
        END IF;
    ELSIF NEW.region_new IS NULL OR NEW.region IS DISTINCT FROM OLD.region THEN
        NEW.region_new := CAST(NEW.region AS BIGINT);
    END IF;
    IF NEW.region_new IS NOT NULL AND NEW.region_new IS DISTINCT FROM CAST(NEW.region AS BIGINT) THEN
        RAISE EXCEPTION 'orders.region_new takes no value any more that INTEGER does not take: the old release comes back'
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
    IF EXISTS (SELECT FROM orders WHERE region_new IS NOT NULL AND region_new IS DISTINCT FROM CAST(region AS BIGINT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.region_new that INTEGER does not take'
            USING HINT = 'give these rows a value in orders.region_new that INTEGER takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_region_new_sync ON orders;
DROP FUNCTION orders_region_new_sync();
COMMIT;
