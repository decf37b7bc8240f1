-- no-transaction
-- Down: drops the trigger orders_weight_new_sync of orders, where orders.weight has all of
--   orders.weight_new.
-- Why: takes back what the way up did (creates the trigger orders_weight_new_sync of orders).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
SET LOCAL extra_float_digits = '1';
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE weight_new IS NOT NULL AND (SELECT r FROM (SELECT weight_new) AS r) *<> (SELECT r FROM (SELECT CAST(weight AS DOUBLE PRECISION)) AS r)) THEN
        RAISE EXCEPTION 'some rows have values in orders.weight_new that BIGINT does not take'
            USING HINT = 'give these rows a value in orders.weight_new that BIGINT takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION orders_weight_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    SET extra_float_digits = '1'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.weight_new IS NULL THEN
            NEW.weight_new := CAST(NEW.weight AS DOUBLE PRECISION);
        ELSE
            NEW.weight := CAST(NEW.weight_new AS BIGINT);
        END IF;
    ELSIF (SELECT r FROM (SELECT NEW.weight_new) AS r) *<> (SELECT r FROM (SELECT OLD.weight_new) AS r) THEN
        IF (SELECT r FROM (SELECT NEW.weight_new) AS r) *<> (SELECT r FROM (SELECT CAST(NEW.weight AS DOUBLE PRECISION)) AS r) THEN
            NEW.weight := CAST(NEW.weight_new AS BIGINT);
        END IF;
    ELSIF NEW.weight_new IS NULL OR NEW.weight IS DISTINCT FROM OLD.weight AND NEW.weight IS DISTINCT FROM CAST(NEW.weight_new AS BIGINT) THEN
        NEW.weight_new := CAST(NEW.weight AS DOUBLE PRECISION);
    END IF;
    IF NEW.weight_new IS NOT NULL AND (SELECT r FROM (SELECT NEW.weight_new) AS r) *<> (SELECT r FROM (SELECT CAST(NEW.weight AS DOUBLE PRECISION)) AS r) THEN
        RAISE EXCEPTION 'orders.weight_new takes no value any more that BIGINT does not take: the old release comes back'
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
SET LOCAL extra_float_digits = '1';
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE weight_new IS NOT NULL AND (SELECT r FROM (SELECT weight_new) AS r) *<> (SELECT r FROM (SELECT CAST(weight AS DOUBLE PRECISION)) AS r)) THEN
        RAISE EXCEPTION 'some rows have values in orders.weight_new that BIGINT does not take'
            USING HINT = 'give these rows a value in orders.weight_new that BIGINT takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_weight_new_sync ON orders;
DROP FUNCTION orders_weight_new_sync();
COMMIT;
