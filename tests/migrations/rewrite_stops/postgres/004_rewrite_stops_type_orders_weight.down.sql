-- Down: makes orders.weight DOUBLE PRECISION again.
-- Why: takes back what the way up did (makes orders.weight BIGINT).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.weight.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
SET LOCAL extra_float_digits = '1';
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(weight AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(weight AS DOUBLE PRECISION) AS BIGINT) AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.weight that DOUBLE PRECISION does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(weight AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(weight AS DOUBLE PRECISION) AS BIGINT) AS TEXT); and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.weight that DOUBLE PRECISION does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(weight AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(weight AS DOUBLE PRECISION) AS BIGINT) AS TEXT); and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN weight TYPE DOUBLE PRECISION USING weight::DOUBLE PRECISION;
