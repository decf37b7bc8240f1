-- no-transaction
-- Up: builds the index users_id_unique of users.
-- Why: the index of a key is built while the program runs, and becomes the key in the next file.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on users, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY users_id_unique ON users (id);
