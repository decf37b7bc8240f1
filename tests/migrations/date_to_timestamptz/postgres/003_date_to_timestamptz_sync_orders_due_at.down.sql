-- no-transaction
-- Down: drops the trigger orders_due_at_sync of orders, where orders.due_on has all of
--   orders.due_at.
-- Why: takes back what the way up did (creates the trigger orders_due_at_sync of orders).
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
    IF EXISTS (SELECT FROM orders WHERE due_at IS NOT NULL AND due_at IS DISTINCT FROM (CAST(due_on AS TIMESTAMP) AT TIME ZONE 'UTC')) THEN
        RAISE EXCEPTION 'some rows have values in orders.due_at that DATE does not take'
            USING HINT = 'give these rows a value in orders.due_at that DATE takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION orders_due_at_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.due_at IS NULL THEN
            NEW.due_at := (CAST(NEW.due_on AS TIMESTAMP) AT TIME ZONE 'UTC');
        ELSE
            NEW.due_on := CAST(NEW.due_at AT TIME ZONE 'UTC' AS DATE);
        END IF;
    ELSIF NEW.due_at IS DISTINCT FROM OLD.due_at THEN
        IF NEW.due_at IS DISTINCT FROM (CAST(NEW.due_on AS TIMESTAMP) AT TIME ZONE 'UTC') THEN
            NEW.due_on := CAST(NEW.due_at AT TIME ZONE 'UTC' AS DATE);
        END IF;
    ELSIF NEW.due_at IS NULL OR NEW.due_on IS DISTINCT FROM OLD.due_on AND NEW.due_on IS DISTINCT FROM CAST(NEW.due_at AT TIME ZONE 'UTC' AS DATE) THEN
        NEW.due_at := (CAST(NEW.due_on AS TIMESTAMP) AT TIME ZONE 'UTC');
    END IF;
    IF NEW.due_at IS NOT NULL AND NEW.due_at IS DISTINCT FROM (CAST(NEW.due_on AS TIMESTAMP) AT TIME ZONE 'UTC') THEN
        RAISE EXCEPTION 'orders.due_at takes no value any more that DATE does not take: the old release comes back'
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
    IF EXISTS (SELECT FROM orders WHERE due_at IS NOT NULL AND due_at IS DISTINCT FROM (CAST(due_on AS TIMESTAMP) AT TIME ZONE 'UTC')) THEN
        RAISE EXCEPTION 'some rows have values in orders.due_at that DATE does not take'
            USING HINT = 'give these rows a value in orders.due_at that DATE takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_due_at_sync ON orders;
DROP FUNCTION orders_due_at_sync();
COMMIT;
