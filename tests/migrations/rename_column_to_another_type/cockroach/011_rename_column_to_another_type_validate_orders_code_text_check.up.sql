-- no-transaction
-- Up: proves the check orders_code_text_check of orders.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    VALIDATE CONSTRAINT orders_code_text_check;
