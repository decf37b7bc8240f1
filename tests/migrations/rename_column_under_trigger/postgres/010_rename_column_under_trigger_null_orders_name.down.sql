-- no-transaction
-- Down: forbids NULL in orders.name again; where rows have it, give them a value first.
-- Why: takes back what the way up did (lets orders.name take NULL).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE name IS NULL) THEN
        RAISE EXCEPTION 'some rows have NULL in orders.name, which took none before'
            USING HINT = 'give these rows a value in orders.name, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_name_not_null;
ALTER TABLE orders
    ADD CONSTRAINT orders_name_not_null CHECK (name IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_name_not_null;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    ALTER COLUMN name SET NOT NULL;
ALTER TABLE orders
    DROP CONSTRAINT orders_name_not_null;
COMMIT;
