-- no-transaction
-- Up: proves the foreign key goods_parent_id_fkey of goods.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: contract.
-- Takes: as long as every row takes to be read.
-- Reads: every row of goods.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    VALIDATE CONSTRAINT goods_parent_id_fkey;
