-- no-transaction
-- Down: forbids NULL in orders.code again; where rows have it, give them a value first.
-- Why: takes back what the way up did (lets orders.code take NULL).
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
    IF EXISTS (SELECT FROM orders WHERE code IS NULL) THEN
        RAISE EXCEPTION 'orders.code was dropped, and its values with it: some rows have none'
            USING HINT = 'fill orders.code from a backup, or with what the program can bear, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_code_not_null;
ALTER TABLE orders
    ADD CONSTRAINT orders_code_not_null CHECK (code IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_code_not_null;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    ALTER COLUMN code SET NOT NULL;
ALTER TABLE orders
    DROP CONSTRAINT orders_code_not_null;
COMMIT;
