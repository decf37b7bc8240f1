-- no-transaction
-- Down: adds the check orders_number_not_null again, so that the file before can be run again
--   without a look at the rows.
-- Why: takes back what the way up did (drops the check orders_number_not_null).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_number_not_null;
ALTER TABLE orders
    ADD CONSTRAINT orders_number_not_null CHECK (number IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_number_not_null;
COMMIT;
