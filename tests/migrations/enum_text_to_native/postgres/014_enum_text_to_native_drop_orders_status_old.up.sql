-- no-transaction
-- Up: drops the column orders.status_old and what kept it alike.
-- Why: its values are in orders.status.
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
    IF EXISTS (SELECT FROM orders WHERE status_old IS NOT NULL AND status IS DISTINCT FROM CAST(status_old AS order_status)) THEN
        RAISE EXCEPTION 'orders.status does not hold what orders.status_old held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_status_old_sync ON orders;
DROP FUNCTION orders_status_old_sync();
ALTER TABLE orders
    DROP COLUMN status_old;
COMMIT;
