-- no-transaction
-- Up: drops the column orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba and what
--   kept it alike.
-- Why: its values are in orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb.
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
    IF EXISTS (SELECT FROM orders WHERE a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba IS NOT NULL AND a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb IS DISTINCT FROM a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba) THEN
        RAISE EXCEPTION 'orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb does not hold what orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca ON orders;
DROP FUNCTION orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca();
ALTER TABLE orders
    DROP COLUMN a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba;
COMMIT;
