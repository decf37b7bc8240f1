-- no-transaction
-- Down: fills orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba in batches of 1000
--   rows, each in a transaction of its own.
-- Why: takes back what the way up did (leaves
--   orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba to the next file).
-- Phase: expand.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CALL fill_orders_a_column_whose_name_is_as_long_as_the_serv_e1cfba91();
