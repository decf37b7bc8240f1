-- no-transaction
-- Down: adds the check assets_code_check of assets again.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: contract.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of assets.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE assets
    DROP CONSTRAINT IF EXISTS assets_code_check;
