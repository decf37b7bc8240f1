-- no-transaction
-- Down: drops the trigger orders_user_id_new_sync of orders, where orders.user_id has all of
--   orders.user_id_new.
-- Why: takes back what the way up did (creates the trigger orders_user_id_new_sync of orders).
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
    IF EXISTS (SELECT FROM orders WHERE user_id_new IS NOT NULL AND user_id_new IS DISTINCT FROM CAST(user_id AS BIGINT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.user_id_new that INTEGER does not take'
            USING HINT = 'give these rows a value in orders.user_id_new that INTEGER takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION orders_user_id_new_sync() RETURNS trigger
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
    IF NEW.user_id_new IS NOT NULL AND NEW.user_id_new IS DISTINCT FROM CAST(NEW.user_id AS BIGINT) THEN
        RAISE EXCEPTION 'orders.user_id_new takes no value any more that INTEGER does not take: the old release comes back'
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
    IF EXISTS (SELECT FROM orders WHERE user_id_new IS NOT NULL AND user_id_new IS DISTINCT FROM CAST(user_id AS BIGINT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.user_id_new that INTEGER does not take'
            USING HINT = 'give these rows a value in orders.user_id_new that INTEGER takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_user_id_new_sync ON orders;
DROP FUNCTION orders_user_id_new_sync();
COMMIT;
