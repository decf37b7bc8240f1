-- no-transaction
-- Up: builds the index idx_orders_a_column_whose_name_is_as_long_as_the_serve_1ee72ed8 of orders.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: backfill.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_orders_a_column_whose_name_is_as_long_as_the_serve_1ee72ed8 ON orders (a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb);
