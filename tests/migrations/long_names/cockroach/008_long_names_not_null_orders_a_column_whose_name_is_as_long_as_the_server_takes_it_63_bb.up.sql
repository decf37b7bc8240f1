-- no-transaction
-- Up: forbids NULL in orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb.
-- Why: the models have no NULL there.
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb SET NOT NULL;
