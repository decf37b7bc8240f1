-- no-transaction
-- Up: builds the index users_id_unique of users.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY users_id_unique ON users (id);
