-- no-transaction
-- Down: drops the trigger orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca of
--   orders.
-- Why: takes back what the way up did (creates the trigger
--   orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca of orders).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca();
