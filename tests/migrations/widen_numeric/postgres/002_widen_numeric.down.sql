-- Down: makes orders.total_amount NUMERIC(10, 2) again.
-- Why: takes back what the way up did (makes orders.total_amount NUMERIC(12, 2)).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.total_amount.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE total_amount <> 'NaN' AND abs(round(total_amount::numeric, 2)) >= 1e8 OR total_amount <> round(total_amount, 2)) THEN
        RAISE EXCEPTION 'some rows have values in orders.total_amount that NUMERIC(10, 2) does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE total_amount <> ''NaN'' AND abs(round(total_amount::numeric, 2)) >= 1e8 OR total_amount <> round(total_amount, 2); and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.total_amount that NUMERIC(10, 2) does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE total_amount <> ''NaN'' AND abs(round(total_amount::numeric, 2)) >= 1e8 OR total_amount <> round(total_amount, 2); and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN total_amount TYPE NUMERIC(10, 2) USING total_amount::NUMERIC(10, 2);
