-- no-transaction
-- Up: proves the foreign key orders_buyer_user_id_fkey of orders.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: contract.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders, users.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    VALIDATE CONSTRAINT orders_buyer_user_id_fkey;
