-- no-transaction
-- Up: proves that no row has NULL in
--   orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: backfill.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    VALIDATE CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_c5e94052;
