-- no-transaction
-- Down: changes top to high in the rows of goods.tone, in batches.
-- Why: takes back what the way up did (changes high to top in the rows of goods.tone, in batches).
-- Phase: expand.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of goods.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CALL fill_goods_tone();
