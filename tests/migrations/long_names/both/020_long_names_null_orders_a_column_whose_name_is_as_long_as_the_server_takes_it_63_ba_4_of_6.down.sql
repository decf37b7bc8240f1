-- no-transaction
-- Down: forbids NULL in orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba again;
--   where rows have it, give them a value first.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_33244785 CHECK (a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba IS NOT NULL) NOT VALID;
