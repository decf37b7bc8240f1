-- no-transaction
-- Down: builds the index idx_orders_a_column_whose_name_is_as_long_as_the_serve_1ee733f1 of orders.
-- Why: takes back what the way up did (drops the index
--   idx_orders_a_column_whose_name_is_as_long_as_the_serve_1ee733f1 of orders).
-- Phase: expand.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_orders_a_column_whose_name_is_as_long_as_the_serve_1ee733f1 ON orders (a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba);
