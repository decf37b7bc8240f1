-- Up: makes sure that orders.label holds what orders.name held.
-- Why: a column is dropped only when its values are known to be in the other one.
-- Phase: contract.
-- Locks: ACCESS SHARE on orders.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders.
-- Acknowledged: fires triggers of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE label IS DISTINCT FROM name) THEN
        RAISE EXCEPTION 'orders.label does not hold what orders.name held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
