-- no-transaction
-- Down: makes orders.due_on DATE again.
-- Why: takes back what the way up did (makes orders.due_on TIMESTAMPTZ).
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.due_on.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(due_on AS TEXT) IS DISTINCT FROM CAST((CAST(CAST(due_on AT TIME ZONE 'UTC' AS DATE) AS TIMESTAMP) AT TIME ZONE 'UTC') AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.due_on that DATE does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(due_on AS TEXT) IS DISTINCT FROM CAST((CAST(CAST(due_on AT TIME ZONE ''UTC'' AS DATE) AS TIMESTAMP) AT TIME ZONE ''UTC'') AS TEXT); and run this file again';
    END IF;
END
$$;
