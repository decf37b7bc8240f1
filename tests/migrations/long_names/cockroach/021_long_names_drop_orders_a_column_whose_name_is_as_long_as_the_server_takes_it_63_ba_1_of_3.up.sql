-- no-transaction
-- Up: drops the column orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba and what
--   kept it alike.
-- Why: its values are in orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca ON orders;
