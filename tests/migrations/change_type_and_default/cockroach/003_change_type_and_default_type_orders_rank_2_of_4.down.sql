-- no-transaction
-- Down: makes orders.rank TEXT again.
-- Why: takes back what the way up did (makes orders.rank BIGINT).
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.rank.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN rank TYPE TEXT USING rank::TEXT;
