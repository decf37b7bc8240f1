-- Up: makes sure that DOUBLE PRECISION takes every value of orders.weight.
-- Why: the old release wrote until now, and its values are in the old column alone.
-- Phase: contract.
-- Locks: ACCESS SHARE on orders.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders.
-- Acknowledged: no loss in orders.weight.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
SET LOCAL extra_float_digits = '1';
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(weight AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(weight AS DOUBLE PRECISION) AS BIGINT) AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.weight that DOUBLE PRECISION does not take'
            USING HINT = 'give these rows a value in orders.weight that DOUBLE PRECISION takes, and run this file again';
    END IF;
END
$$;
