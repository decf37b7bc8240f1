-- no-transaction
-- Up: builds the index idx_articles_norm_name_name of articles.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: expand.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_articles_norm_name_name ON articles (norm_name(name));
