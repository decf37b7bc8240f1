-- no-transaction
-- Down: drops the index idx_articles_norm_name_name of articles.
-- Why: takes back what the way up did (builds the index idx_articles_norm_name_name of articles).
-- Phase: contract.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY idx_articles_norm_name_name;
