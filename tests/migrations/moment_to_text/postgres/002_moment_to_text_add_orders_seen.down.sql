-- no-transaction
-- Down: drops the column orders.seen, where the old column has all of it.
-- Why: takes back what the way up did (adds the column orders.seen, empty).
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
    IF EXISTS (SELECT FROM orders WHERE seen IS NOT NULL AND seen IS DISTINCT FROM CAST(seen_at AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.seen that TIMESTAMPTZ does not take'
            USING HINT = 'give these rows a value in orders.seen that TIMESTAMPTZ takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    DROP COLUMN seen;
COMMIT;
