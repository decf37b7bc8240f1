-- no-transaction
-- Up: drops the column orders.name and what kept it alike.
-- Why: its values are in orders.label.
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
    IF EXISTS (SELECT FROM orders WHERE name IS NOT NULL AND label IS DISTINCT FROM name) THEN
        RAISE EXCEPTION 'orders.label does not hold what orders.name held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_label_sync ON orders;
DROP FUNCTION orders_label_sync();
ALTER TABLE orders
    DROP COLUMN name;
COMMIT;
