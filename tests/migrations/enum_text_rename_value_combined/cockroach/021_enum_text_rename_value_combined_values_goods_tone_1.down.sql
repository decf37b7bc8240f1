-- no-transaction
-- Down: drops the procedure that filled the column.
-- Why: takes back what the way up did (creates the procedure that fills the column).
-- Phase: expand.
-- Takes: an instant.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP PROCEDURE fill_goods_tone;
