-- no-transaction
-- Up: computes orders.total as the models say.
-- Why: who gives the column its values is another one for each release.
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Acknowledged: rewrites orders, drops orders.total.
-- Lost: every value of orders.total: the way back leaves what was computed, a backup has its
--   values.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP COLUMN total;
