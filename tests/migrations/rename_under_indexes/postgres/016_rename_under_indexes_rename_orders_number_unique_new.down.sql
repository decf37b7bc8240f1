-- Down: renames the index orders_number_unique of orders to orders_number_unique_new.
-- Why: takes back what the way up did (renames the index orders_number_unique_new of orders to
--   orders_number_unique).
-- Phase: backfill.
-- Locks: SHARE UPDATE EXCLUSIVE on the index orders_number_unique.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER INDEX orders_number_unique
    RENAME TO orders_number_unique_new;
