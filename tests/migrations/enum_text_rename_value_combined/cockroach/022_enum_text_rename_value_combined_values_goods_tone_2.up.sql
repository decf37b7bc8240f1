-- no-transaction
-- Up: changes high to top in the rows of goods.tone, in batches.
-- Why: it was acknowledged that no program runs meanwhile.
-- Phase: contract.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of goods.
-- Acknowledged: offline rename.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CALL fill_goods_tone();
