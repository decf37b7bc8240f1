-- Up: adds the column orders.area, empty.
-- Why: it takes the place of orders.region, which the old release goes on using.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

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
ALTER TABLE orders
    ADD COLUMN area TEXT;
