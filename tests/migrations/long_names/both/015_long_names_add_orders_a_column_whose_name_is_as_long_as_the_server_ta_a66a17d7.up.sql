-- no-transaction
-- Up: adds the check orders_a_column_whose_name_is_as_long_as_the_server_ta_a66a17d7 of orders, not
--   valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_a66a17d7 CHECK (a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb > 0) NOT VALID;
