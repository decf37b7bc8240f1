-- no-transaction
-- Up: proves the check goods_tone_check of goods.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: contract.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    VALIDATE CONSTRAINT goods_tone_check;
