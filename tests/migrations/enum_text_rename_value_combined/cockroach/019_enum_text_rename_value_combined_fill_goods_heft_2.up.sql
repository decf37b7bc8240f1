-- no-transaction
-- Up: fills goods.heft in batches of 1000 rows, each in a transaction of its own.
-- Why: one UPDATE over the table would lock every row until it ends.
-- Phase: contract.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of goods.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CALL fill_goods_heft();
