-- no-transaction
-- Down: lets orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb take NULL.
-- Why: takes back what the way up did (forbids NULL in
--   orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb DROP NOT NULL;
