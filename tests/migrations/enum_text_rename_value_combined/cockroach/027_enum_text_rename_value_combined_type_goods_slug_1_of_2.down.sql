-- no-transaction
-- Down: makes goods.slug TEXT again.
-- Why: takes back what the way up did (makes goods.slug VARCHAR(80)).
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns goods.slug.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ALTER COLUMN slug TYPE TEXT USING slug::TEXT;
