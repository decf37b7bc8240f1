-- no-transaction
-- Down: adds the foreign key orders_user_id_fkey of orders again.
-- Why: takes back what the way up did (drops the foreign key orders_user_id_fkey of orders).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders; SHARE ROW EXCLUSIVE on users.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of orders, users.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE orders.user_id IS NOT NULL AND NOT EXISTS (SELECT FROM users AS target WHERE target.id = orders.user_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key orders_user_id_fkey of orders, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM orders WHERE orders.user_id IS NOT NULL AND NOT EXISTS (SELECT FROM users AS target WHERE target.id = orders.user_id); and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_user_id_fkey;
ALTER TABLE orders
    ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_user_id_fkey;
COMMIT;
