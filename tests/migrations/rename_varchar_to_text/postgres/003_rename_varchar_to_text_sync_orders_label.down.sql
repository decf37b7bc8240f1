-- no-transaction
-- Down: drops the trigger orders_label_sync of orders, where orders.code has all of orders.label.
-- Why: takes back what the way up did (creates the trigger orders_label_sync of orders).
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
    IF EXISTS (SELECT FROM orders WHERE label IS NOT NULL AND label IS DISTINCT FROM CAST(code AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.label that VARCHAR(20) does not take'
            USING HINT = 'give these rows a value in orders.label that VARCHAR(20) takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION orders_label_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.label IS NULL THEN
            NEW.label := CAST(NEW.code AS TEXT);
        ELSE
            NEW.code := CAST(NEW.label AS VARCHAR(20));
        END IF;
    ELSIF NEW.label IS DISTINCT FROM OLD.label THEN
        IF NEW.label IS DISTINCT FROM CAST(NEW.code AS TEXT) THEN
            NEW.code := CAST(NEW.label AS VARCHAR(20));
        END IF;
    ELSIF NEW.label IS NULL OR NEW.code IS DISTINCT FROM OLD.code THEN
        NEW.label := CAST(NEW.code AS TEXT);
    END IF;
    IF NEW.label IS NOT NULL AND NEW.label IS DISTINCT FROM CAST(NEW.code AS TEXT) THEN
        RAISE EXCEPTION 'orders.label takes no value any more that VARCHAR(20) does not take: the old release comes back'
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
    IF EXISTS (SELECT FROM orders WHERE label IS NOT NULL AND label IS DISTINCT FROM CAST(code AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.label that VARCHAR(20) does not take'
            USING HINT = 'give these rows a value in orders.label that VARCHAR(20) takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_label_sync ON orders;
DROP FUNCTION orders_label_sync();
COMMIT;
