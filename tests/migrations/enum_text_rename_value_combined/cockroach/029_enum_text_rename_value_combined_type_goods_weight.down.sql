-- no-transaction
-- Down: makes goods.weight INTEGER again.
-- Why: takes back what the way up did (makes goods.weight BIGINT).
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns goods.weight.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ALTER COLUMN weight TYPE INT4 USING weight::INT4;
