-- no-transaction
-- Down: forbids NULL in orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba again;
--   where rows have it, give them a value first.
-- Why: takes back what the way up did (lets
--   orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba take NULL).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba SET NOT NULL;
