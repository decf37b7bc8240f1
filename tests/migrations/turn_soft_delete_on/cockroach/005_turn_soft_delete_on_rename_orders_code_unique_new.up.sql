-- no-transaction
-- Up: renames the index orders_code_unique_new of orders to orders_code_unique.
-- Why: the old index is gone, so its name is free.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER INDEX orders_code_unique_new
    RENAME TO orders_code_unique;
