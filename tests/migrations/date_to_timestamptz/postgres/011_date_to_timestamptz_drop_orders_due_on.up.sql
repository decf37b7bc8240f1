-- no-transaction
-- Up: drops the column orders.due_on and what kept it alike.
-- Why: its values are in orders.due_at.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Acknowledged: orders.due_at fits TIMESTAMPTZ.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE due_on IS NOT NULL AND due_at IS DISTINCT FROM (CAST(due_on AS TIMESTAMP) AT TIME ZONE 'UTC') AND due_on IS DISTINCT FROM CAST(due_at AT TIME ZONE 'UTC' AS DATE)) THEN
        RAISE EXCEPTION 'orders.due_at does not hold what orders.due_on held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_due_at_sync ON orders;
DROP FUNCTION orders_due_at_sync();
ALTER TABLE orders
    DROP COLUMN due_on;
COMMIT;
