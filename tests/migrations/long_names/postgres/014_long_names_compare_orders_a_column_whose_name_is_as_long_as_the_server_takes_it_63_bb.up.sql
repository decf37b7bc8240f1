-- Up: makes sure that orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb holds what
--   orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba held.
-- Why: a column is dropped only when its values are known to be in the other one.
-- Phase: contract.
-- Locks: ACCESS SHARE on orders.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb IS DISTINCT FROM a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba) THEN
        RAISE EXCEPTION 'orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb does not hold what orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
