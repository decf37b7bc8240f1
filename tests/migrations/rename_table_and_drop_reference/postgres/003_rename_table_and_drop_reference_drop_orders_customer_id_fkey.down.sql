-- no-transaction
-- Down: adds the foreign key orders_customer_id_fkey of orders again.
-- Why: takes back what the way up did (drops the foreign key orders_customer_id_fkey of orders).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders; SHARE ROW EXCLUSIVE on accounts.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of orders, accounts.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE orders.customer_id IS NOT NULL AND NOT EXISTS (SELECT FROM accounts AS target WHERE target.id = orders.customer_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key orders_customer_id_fkey of orders, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM orders WHERE orders.customer_id IS NOT NULL AND NOT EXISTS (SELECT FROM accounts AS target WHERE target.id = orders.customer_id); and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_customer_id_fkey;
ALTER TABLE orders
    ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES accounts (id) ON DELETE RESTRICT NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_customer_id_fkey;
COMMIT;
