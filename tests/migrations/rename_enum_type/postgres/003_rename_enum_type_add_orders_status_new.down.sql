-- no-transaction
-- Down: drops the column orders.status_new, where the old column has all of it.
-- Why: takes back what the way up did (adds the column orders.status_new, empty).
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
    IF EXISTS (SELECT FROM orders WHERE status_new IS NOT NULL AND status_new IS DISTINCT FROM CAST(CAST(status AS TEXT) AS order_state)) THEN
        RAISE EXCEPTION 'some rows have values in orders.status_new that order_status does not take'
            USING HINT = 'give these rows a value in orders.status_new that order_status takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    DROP COLUMN status_new;
COMMIT;
