-- no-transaction
-- Down: makes the column orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba again;
--   the next file fills it.
-- Why: takes back what the way up did (drops the column
--   orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba INT8;
