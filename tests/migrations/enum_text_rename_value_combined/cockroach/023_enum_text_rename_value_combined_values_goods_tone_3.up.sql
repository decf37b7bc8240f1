-- no-transaction
-- Up: drops the procedure that filled the column.
-- Why: it was acknowledged that no program runs meanwhile.
-- Phase: contract.
-- Takes: an instant.
-- Acknowledged: offline rename.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP PROCEDURE fill_goods_tone;
