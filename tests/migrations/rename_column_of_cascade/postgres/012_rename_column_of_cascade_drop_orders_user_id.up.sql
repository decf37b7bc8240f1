-- no-transaction
-- Up: drops the column orders.user_id and what kept it alike.
-- Why: its values are in orders.buyer_user_id.
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
    IF EXISTS (SELECT FROM orders WHERE user_id IS NOT NULL AND buyer_user_id IS DISTINCT FROM user_id) THEN
        RAISE EXCEPTION 'orders.buyer_user_id does not hold what orders.user_id held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_buyer_user_id_sync ON orders;
DROP FUNCTION orders_buyer_user_id_sync();
ALTER TABLE orders
    DROP COLUMN user_id;
COMMIT;
