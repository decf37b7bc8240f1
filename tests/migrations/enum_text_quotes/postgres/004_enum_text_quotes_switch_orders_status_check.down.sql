-- no-transaction
-- Down: puts the check orders_status_check of orders back as it was.
-- Why: takes back what the way up did (puts the check orders_status_check of orders in the place of
--   the old one).
-- Phase: contract.
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
    IF EXISTS (SELECT FROM orders WHERE NOT (status IN ('its'))) THEN
        RAISE EXCEPTION 'some rows break the check orders_status_check of orders, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM orders WHERE NOT (status IN (''its'')); and run this file again';
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
    ADD CONSTRAINT orders_status_check_old CHECK (status IN ('its')) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_status_check_old;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    RENAME CONSTRAINT orders_status_check TO orders_status_check_new;
ALTER TABLE orders
    RENAME CONSTRAINT orders_status_check_old TO orders_status_check;
COMMIT;
