-- Up: renames the index orders_number_unique_new of orders to orders_number_unique.
-- Why: the old index is gone, so its name is free.
-- Phase: backfill.
-- Locks: SHARE UPDATE EXCLUSIVE on the index orders_number_unique_new.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER INDEX orders_number_unique_new
    RENAME TO orders_number_unique;
