-- no-transaction
-- Down: drops the index users_id_unique of users.
-- Why: takes back what the way up did (builds the index users_id_unique of users).
-- Phase: expand.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY users_id_unique;
