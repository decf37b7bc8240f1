-- no-transaction
-- Down: drops the trigger orders_quantity_new_sync of orders, where orders.quantity has all of
--   orders.quantity_new.
-- Why: takes back what the way up did (creates the trigger orders_quantity_new_sync of orders).
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
    IF EXISTS (SELECT FROM orders WHERE quantity_new IS NOT NULL AND quantity_new IS DISTINCT FROM CAST(quantity AS BIGINT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.quantity_new that INTEGER does not take'
            USING HINT = 'give these rows a value in orders.quantity_new that INTEGER takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_quantity_new_sync ON orders;
DROP FUNCTION orders_quantity_new_sync();
COMMIT;
