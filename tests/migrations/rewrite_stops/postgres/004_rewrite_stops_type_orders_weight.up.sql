-- Up: makes orders.weight BIGINT.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.weight.
-- Acknowledged: rewrites orders, no loss in orders.weight.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE weight NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR weight <> round(weight)) THEN
        RAISE EXCEPTION 'some rows have values in orders.weight that BIGINT does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE weight NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR weight <> round(weight); and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.weight that BIGINT does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE weight NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR weight <> round(weight); and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN weight TYPE BIGINT USING weight::BIGINT;
