-- no-transaction
-- Down: renames the index orders_number_unique of orders to orders_number_unique_new.
-- Why: takes back what the way up did (renames the index orders_number_unique_new of orders to
--   orders_number_unique).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER INDEX orders_number_unique
    RENAME TO orders_number_unique_new;
