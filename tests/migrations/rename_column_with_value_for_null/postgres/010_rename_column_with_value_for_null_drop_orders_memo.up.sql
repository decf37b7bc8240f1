-- no-transaction
-- Up: drops the column orders.memo and what kept it alike.
-- Why: its values are in orders.remark.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Lost: which rows had NULL in orders.memo.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE memo IS NOT NULL AND remark IS DISTINCT FROM coalesce(memo, 'none')) THEN
        RAISE EXCEPTION 'orders.remark does not hold what orders.memo held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_remark_sync ON orders;
DROP FUNCTION orders_remark_sync();
ALTER TABLE orders
    DROP COLUMN memo;
COMMIT;
