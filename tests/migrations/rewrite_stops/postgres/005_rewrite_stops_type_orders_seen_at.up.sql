-- Up: makes orders.seen_at DATE.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.seen_at.
-- Acknowledged: rewrites orders, no loss in orders.seen_at.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(seen_at AS TEXT) IS DISTINCT FROM CAST((CAST(CAST(seen_at AT TIME ZONE 'UTC' AS DATE) AS TIMESTAMP) AT TIME ZONE 'UTC') AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.seen_at that DATE does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(seen_at AS TEXT) IS DISTINCT FROM CAST((CAST(CAST(seen_at AT TIME ZONE ''UTC'' AS DATE) AS TIMESTAMP) AT TIME ZONE ''UTC'') AS TEXT); and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.seen_at that DATE does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(seen_at AS TEXT) IS DISTINCT FROM CAST((CAST(CAST(seen_at AT TIME ZONE ''UTC'' AS DATE) AS TIMESTAMP) AT TIME ZONE ''UTC'') AS TEXT); and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN seen_at TYPE DATE USING CAST(seen_at AT TIME ZONE 'UTC' AS DATE);
