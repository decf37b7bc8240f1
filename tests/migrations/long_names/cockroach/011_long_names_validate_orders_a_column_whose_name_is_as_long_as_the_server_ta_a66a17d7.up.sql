-- no-transaction
-- Up: proves the check orders_a_column_whose_name_is_as_long_as_the_server_ta_a66a17d7 of orders.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    VALIDATE CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_a66a17d7;
