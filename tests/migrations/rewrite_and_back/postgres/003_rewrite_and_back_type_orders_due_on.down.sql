-- Down: makes orders.due_on DATE again.
-- Why: takes back what the way up did (makes orders.due_on TIMESTAMPTZ).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.due_on.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(due_on AS TEXT) IS DISTINCT FROM CAST((CAST(CAST(due_on AT TIME ZONE 'UTC' AS DATE) AS TIMESTAMP) AT TIME ZONE 'UTC') AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.due_on that DATE does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(due_on AS TEXT) IS DISTINCT FROM CAST((CAST(CAST(due_on AT TIME ZONE ''UTC'' AS DATE) AS TIMESTAMP) AT TIME ZONE ''UTC'') AS TEXT); and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.due_on that DATE does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(due_on AS TEXT) IS DISTINCT FROM CAST((CAST(CAST(due_on AT TIME ZONE ''UTC'' AS DATE) AS TIMESTAMP) AT TIME ZONE ''UTC'') AS TEXT); and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN due_on TYPE DATE USING CAST(due_on AT TIME ZONE 'UTC' AS DATE);
