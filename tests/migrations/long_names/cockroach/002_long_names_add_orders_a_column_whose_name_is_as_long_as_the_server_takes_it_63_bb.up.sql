-- no-transaction
-- Up: adds the column orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb, empty.
-- Why: it takes the place of orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba,
--   which the old release goes on using.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb INT8;
