-- Down: makes orders.quantity INTEGER again.
-- Why: takes back what the way up did (makes orders.quantity BIGINT).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.quantity.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE quantity NOT BETWEEN -2147483648 AND 2147483647) THEN
        RAISE EXCEPTION 'some rows have values in orders.quantity that INTEGER does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE quantity NOT BETWEEN -2147483648 AND 2147483647; and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.quantity that INTEGER does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE quantity NOT BETWEEN -2147483648 AND 2147483647; and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN quantity TYPE INTEGER USING quantity::INTEGER;
