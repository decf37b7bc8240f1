-- no-transaction
-- Down: forbids NULL in orders.weight again; where rows have it, give them a value first.
-- Why: takes back what the way up did (lets orders.weight take NULL).
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
    IF EXISTS (SELECT FROM orders WHERE weight IS NULL) THEN
        RAISE EXCEPTION 'some rows have NULL in orders.weight, which took none before'
            USING HINT = 'give these rows a value in orders.weight, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_weight_not_null;
ALTER TABLE orders
    ADD CONSTRAINT orders_weight_not_null CHECK (weight IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_weight_not_null;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    ALTER COLUMN weight SET NOT NULL;
ALTER TABLE orders
    DROP CONSTRAINT orders_weight_not_null;
COMMIT;
