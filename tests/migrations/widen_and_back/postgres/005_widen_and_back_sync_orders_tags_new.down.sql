-- no-transaction
-- Down: drops the trigger orders_tags_new_sync of orders, where orders.tags has all of
--   orders.tags_new.
-- Why: takes back what the way up did (creates the trigger orders_tags_new_sync of orders).
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
    IF EXISTS (SELECT FROM orders WHERE tags_new IS NOT NULL AND tags_new IS DISTINCT FROM CAST(tags AS TEXT[])) THEN
        RAISE EXCEPTION 'some rows have values in orders.tags_new that VARCHAR(12)[] does not take'
            USING HINT = 'give these rows a value in orders.tags_new that VARCHAR(12)[] takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION orders_tags_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.tags_new IS NULL THEN
            NEW.tags_new := CAST(NEW.tags AS TEXT[]);
        ELSE
            NEW.tags := CAST(NEW.tags_new AS VARCHAR(12)[]);
        END IF;
    ELSIF NEW.tags_new IS DISTINCT FROM OLD.tags_new THEN
        IF NEW.tags_new IS DISTINCT FROM CAST(NEW.tags AS TEXT[]) THEN
            NEW.tags := CAST(NEW.tags_new AS VARCHAR(12)[]);
        END IF;
    ELSIF NEW.tags_new IS NULL OR NEW.tags IS DISTINCT FROM OLD.tags THEN
        NEW.tags_new := CAST(NEW.tags AS TEXT[]);
    END IF;
    IF NEW.tags_new IS NOT NULL AND NEW.tags_new IS DISTINCT FROM CAST(NEW.tags AS TEXT[]) THEN
        RAISE EXCEPTION 'orders.tags_new takes no value any more that VARCHAR(12)[] does not take: the old release comes back'
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
    IF EXISTS (SELECT FROM orders WHERE tags_new IS NOT NULL AND tags_new IS DISTINCT FROM CAST(tags AS TEXT[])) THEN
        RAISE EXCEPTION 'some rows have values in orders.tags_new that VARCHAR(12)[] does not take'
            USING HINT = 'give these rows a value in orders.tags_new that VARCHAR(12)[] takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_tags_new_sync ON orders;
DROP FUNCTION orders_tags_new_sync();
COMMIT;
