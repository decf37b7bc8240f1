-- no-transaction
-- Up: makes goods.slug VARCHAR(80).
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of goods.
-- Prepared: a statement of an open connection fails once where it returns goods.slug.
-- Acknowledged: rewrites goods, no loss in goods.slug.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ALTER COLUMN slug TYPE VARCHAR(80) USING slug::VARCHAR(80);
