-- Down: makes orders.mass REAL again.
-- Why: takes back what the way up did (makes orders.mass DOUBLE PRECISION).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.mass.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
SET LOCAL extra_float_digits = '1';
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(mass AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(mass AS REAL) AS DOUBLE PRECISION) AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.mass that REAL does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(mass AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(mass AS REAL) AS DOUBLE PRECISION) AS TEXT); and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.mass that REAL does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(mass AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(mass AS REAL) AS DOUBLE PRECISION) AS TEXT); and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN mass TYPE REAL USING mass::REAL;
