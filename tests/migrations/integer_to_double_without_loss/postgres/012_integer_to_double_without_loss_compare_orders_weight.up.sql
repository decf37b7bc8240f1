-- Up: makes sure that orders.weight holds what orders.weight_old held.
-- Why: a column is dropped only when its values are known to be in the other one.
-- Phase: contract.
-- Locks: ACCESS SHARE on orders.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
SET LOCAL extra_float_digits = '1';
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE (SELECT r FROM (SELECT weight) AS r) *<> (SELECT r FROM (SELECT CAST(weight_old AS DOUBLE PRECISION)) AS r) AND weight_old IS DISTINCT FROM CAST(weight AS BIGINT)) THEN
        RAISE EXCEPTION 'orders.weight does not hold what orders.weight_old held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
