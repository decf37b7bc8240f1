-- no-transaction
-- Up: drops the column orders.price and what kept it alike.
-- Why: its values are in orders.cost.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE price IS NOT NULL AND (SELECT r FROM (SELECT cost) AS r) *<> (SELECT r FROM (SELECT price) AS r)) THEN
        RAISE EXCEPTION 'orders.cost does not hold what orders.price held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_cost_sync ON orders;
DROP FUNCTION orders_cost_sync();
ALTER TABLE orders
    DROP COLUMN price;
COMMIT;
