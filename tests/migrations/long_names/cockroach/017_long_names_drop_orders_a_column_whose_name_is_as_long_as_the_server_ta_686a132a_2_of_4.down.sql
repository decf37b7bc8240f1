-- no-transaction
-- Down: adds the check orders_a_column_whose_name_is_as_long_as_the_server_ta_686a132a of orders
--   again.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_686a132a CHECK (a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba > 0) NOT VALID;
