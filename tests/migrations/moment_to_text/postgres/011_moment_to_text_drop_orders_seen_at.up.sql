-- no-transaction
-- Up: drops the column orders.seen_at and what kept it alike.
-- Why: its values are in orders.seen.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
SET LOCAL TimeZone = 'UTC';
SET LOCAL DateStyle = 'ISO, YMD';
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE seen_at IS NOT NULL AND seen_at IS DISTINCT FROM CAST(seen AS TIMESTAMPTZ)) THEN
        RAISE EXCEPTION 'orders.seen does not hold what orders.seen_at held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_seen_sync ON orders;
DROP FUNCTION orders_seen_sync();
ALTER TABLE orders
    DROP COLUMN seen_at;
COMMIT;
