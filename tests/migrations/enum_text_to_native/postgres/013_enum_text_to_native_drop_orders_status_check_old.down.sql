-- no-transaction
-- Down: adds the check orders_status_check_old of orders again.
-- Why: takes back what the way up did (drops the check orders_status_check_old of orders).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE NOT (status_old IN ('pending', 'paid'))) THEN
        RAISE EXCEPTION 'some rows break the check orders_status_check_old of orders, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM orders WHERE NOT (status_old IN (''pending'', ''paid'')); and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_status_check_old;
ALTER TABLE orders
    ADD CONSTRAINT orders_status_check_old CHECK (status_old IN ('pending', 'paid')) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_status_check_old;
COMMIT;
