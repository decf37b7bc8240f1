-- no-transaction
-- Up: drops the column orders.weight_old and what kept it alike.
-- Why: its values are in orders.weight.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Acknowledged: no loss in orders.weight.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
SET LOCAL extra_float_digits = '1';
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE weight_old IS NOT NULL AND (SELECT r FROM (SELECT weight) AS r) *<> (SELECT r FROM (SELECT CAST(weight_old AS DOUBLE PRECISION)) AS r) AND weight_old IS DISTINCT FROM CAST(weight AS BIGINT)) THEN
        RAISE EXCEPTION 'orders.weight does not hold what orders.weight_old held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_weight_old_sync ON orders;
DROP FUNCTION orders_weight_old_sync();
ALTER TABLE orders
    DROP COLUMN weight_old;
COMMIT;
