-- Down: makes orders.seen_at TIMESTAMPTZ again.
-- Why: takes back what the way up did (makes orders.seen_at DATE).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.seen_at.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE isfinite(seen_at) AND seen_at > DATE '294276-12-31') THEN
        RAISE EXCEPTION 'some rows have values in orders.seen_at that TIMESTAMPTZ does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE isfinite(seen_at) AND seen_at > DATE ''294276-12-31''; and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.seen_at that TIMESTAMPTZ does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE isfinite(seen_at) AND seen_at > DATE ''294276-12-31''; and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN seen_at TYPE TIMESTAMPTZ USING (CAST(seen_at AS TIMESTAMP) AT TIME ZONE 'UTC');
