-- no-transaction
-- Down: drops the trigger orders_weight_new_sync of orders, where orders.weight has all of
--   orders.weight_new.
-- Why: takes back what the way up did (creates the trigger orders_weight_new_sync of orders).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
SET LOCAL extra_float_digits = '1';
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE weight_new IS NOT NULL AND (SELECT r FROM (SELECT weight_new) AS r) *<> (SELECT r FROM (SELECT CAST(weight AS DOUBLE PRECISION)) AS r)) THEN
        RAISE EXCEPTION 'some rows have values in orders.weight_new that BIGINT does not take'
            USING HINT = 'give these rows a value in orders.weight_new that BIGINT takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_weight_new_sync ON orders;
DROP FUNCTION orders_weight_new_sync();
COMMIT;
