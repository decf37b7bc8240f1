-- Down: makes orders.tally INTEGER again.
-- Why: takes back what the way up did (makes orders.tally DOUBLE PRECISION).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.tally.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
SET LOCAL extra_float_digits = '1';
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE tally NOT BETWEEN -2147483648 AND 2147483647 OR tally <> round(tally)) THEN
        RAISE EXCEPTION 'some rows have values in orders.tally that INTEGER does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE tally NOT BETWEEN -2147483648 AND 2147483647 OR tally <> round(tally); and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.tally that INTEGER does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE tally NOT BETWEEN -2147483648 AND 2147483647 OR tally <> round(tally); and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN tally TYPE INTEGER USING tally::INTEGER;
