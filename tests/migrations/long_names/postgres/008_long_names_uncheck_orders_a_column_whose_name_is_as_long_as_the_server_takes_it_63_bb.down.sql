-- no-transaction
-- Down: adds the check orders_a_column_whose_name_is_as_long_as_the_server_ta_c5e94052 again, so
--   that the file before can be run again without a look at the rows.
-- Why: takes back what the way up did (drops the check
--   orders_a_column_whose_name_is_as_long_as_the_server_ta_c5e94052).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_a_column_whose_name_is_as_long_as_the_server_ta_c5e94052;
ALTER TABLE orders
    ADD CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_c5e94052 CHECK (a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_c5e94052;
COMMIT;
