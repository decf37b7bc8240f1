-- no-transaction
-- Down: adds the check orders_a_column_whose_name_is_as_long_as_the_server_ta_686a132a of orders
--   again.
-- Why: takes back what the way up did (drops the check
--   orders_a_column_whose_name_is_as_long_as_the_server_ta_686a132a of orders).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE NOT (a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba > 0)) THEN
        RAISE EXCEPTION 'some rows break the check orders_a_column_whose_name_is_as_long_as_the_server_ta_686a132a of orders, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM orders WHERE NOT (a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba > 0); and run this file again';
    END IF;
END
$$;
