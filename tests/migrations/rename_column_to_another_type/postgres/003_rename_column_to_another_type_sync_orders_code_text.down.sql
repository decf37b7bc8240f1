-- no-transaction
-- Down: drops the trigger orders_code_text_sync of orders, where orders.code has all of
--   orders.code_text.
-- Why: takes back what the way up did (creates the trigger orders_code_text_sync of orders).
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
    IF EXISTS (SELECT FROM orders WHERE code_text IS NOT NULL AND code_text IS DISTINCT FROM CAST(code AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.code_text that BIGINT does not take'
            USING HINT = 'give these rows a value in orders.code_text that BIGINT takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION orders_code_text_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.code_text IS NULL THEN
            NEW.code_text := CAST(NEW.code AS TEXT);
        ELSE
            NEW.code := CAST(NEW.code_text AS BIGINT);
        END IF;
    ELSIF NEW.code_text IS DISTINCT FROM OLD.code_text THEN
        IF NEW.code_text IS DISTINCT FROM CAST(NEW.code AS TEXT) THEN
            NEW.code := CAST(NEW.code_text AS BIGINT);
        END IF;
    ELSIF NEW.code_text IS NULL OR NEW.code IS DISTINCT FROM OLD.code THEN
        NEW.code_text := CAST(NEW.code AS TEXT);
    END IF;
    IF NEW.code_text IS NOT NULL AND NEW.code_text IS DISTINCT FROM CAST(NEW.code AS TEXT) THEN
        RAISE EXCEPTION 'orders.code_text takes no value any more that BIGINT does not take: the old release comes back'
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
    IF EXISTS (SELECT FROM orders WHERE code_text IS NOT NULL AND code_text IS DISTINCT FROM CAST(code AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.code_text that BIGINT does not take'
            USING HINT = 'give these rows a value in orders.code_text that BIGINT takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_code_text_sync ON orders;
DROP FUNCTION orders_code_text_sync();
COMMIT;
