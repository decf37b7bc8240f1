-- no-transaction
-- Up: makes orders.seen_at DATE.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.seen_at.
-- Acknowledged: rewrites orders, no loss in orders.seen_at.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(seen_at AS TEXT) IS DISTINCT FROM CAST((CAST(CAST(seen_at AT TIME ZONE 'UTC' AS DATE) AS TIMESTAMP) AT TIME ZONE 'UTC') AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.seen_at that DATE does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(seen_at AS TEXT) IS DISTINCT FROM CAST((CAST(CAST(seen_at AT TIME ZONE ''UTC'' AS DATE) AS TIMESTAMP) AT TIME ZONE ''UTC'') AS TEXT); and run this file again';
    END IF;
END
$$;
