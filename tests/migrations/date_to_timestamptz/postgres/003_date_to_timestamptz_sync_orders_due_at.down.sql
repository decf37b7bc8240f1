-- no-transaction
-- Down: drops the trigger orders_due_at_sync of orders, where orders.due_on has all of
--   orders.due_at.
-- Why: takes back what the way up did (creates the trigger orders_due_at_sync of orders).
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
    IF EXISTS (SELECT FROM orders WHERE due_at IS NOT NULL AND due_at IS DISTINCT FROM (CAST(due_on AS TIMESTAMP) AT TIME ZONE 'UTC')) THEN
        RAISE EXCEPTION 'some rows have values in orders.due_at that DATE does not take'
            USING HINT = 'give these rows a value in orders.due_at that DATE takes, and run this file again';
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
COMMIT;
