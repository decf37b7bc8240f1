-- Up: makes sure that orders.area holds what orders.region held.
-- Why: a column is dropped only when its values are known to be in the other one.
-- Phase: contract.
-- Locks: ACCESS SHARE on orders.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS SHARE MODE;
DO $$
BEGIN
    IF row_security_active('orders') THEN
        RAISE EXCEPTION 'row-level security hides rows of orders from this role, and the migration must see every row'
            USING HINT = 'apply the migrations as a role with BYPASSRLS that is a member of the tables'' owner; or, where the program does not connect as the owner: cargo schema migrate … --acknowledge "no FORCE on orders"';
    END IF;
END
$$;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE area IS DISTINCT FROM region) THEN
        RAISE EXCEPTION 'orders.area does not hold what orders.region held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
