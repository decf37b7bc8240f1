-- Down: makes orders.total_amount NUMERIC(10, 2) again.
-- Why: takes back what the way up did (makes orders.total_amount NUMERIC(12, 2)).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE abs(round(total_amount::numeric, 2)) >= 1e8) THEN
        RAISE EXCEPTION 'some rows have values in orders.total_amount that NUMERIC(10, 2) does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE abs(round(total_amount::numeric, 2)) >= 1e8; and run this file again';
    END IF;
END
$$;
ALTER TABLE orders
    ALTER COLUMN total_amount TYPE NUMERIC(10, 2) USING total_amount::NUMERIC(10, 2);
