-- no-transaction
-- Down: drops the procedure that filled the column.
-- Why: takes back what the way up did (leaves
--   orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba to the next file).
-- Phase: expand.
-- Takes: an instant.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP PROCEDURE fill_orders_a_column_whose_name_is_as_long_as_the_serv_e1cfba91;
