-- no-transaction
-- Up: drops the procedure that filled the column.
-- Why: one UPDATE over the table would lock every row until it ends.
-- Phase: contract.
-- Takes: an instant.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP PROCEDURE fill_goods_heft;
