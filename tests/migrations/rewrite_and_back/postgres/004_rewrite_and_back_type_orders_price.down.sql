-- Down: makes orders.price NUMERIC(10, 2) again.
-- Why: takes back what the way up did (makes orders.price NUMERIC(14, 6)).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.price.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE price <> 'NaN' AND abs(round(price::numeric, 2)) >= 1e8 OR price <> round(price, 2)) THEN
        RAISE EXCEPTION 'some rows have values in orders.price that NUMERIC(10, 2) does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE price <> ''NaN'' AND abs(round(price::numeric, 2)) >= 1e8 OR price <> round(price, 2); and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.price that NUMERIC(10, 2) does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE price <> ''NaN'' AND abs(round(price::numeric, 2)) >= 1e8 OR price <> round(price, 2); and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN price TYPE NUMERIC(10, 2) USING price::NUMERIC(10, 2);
