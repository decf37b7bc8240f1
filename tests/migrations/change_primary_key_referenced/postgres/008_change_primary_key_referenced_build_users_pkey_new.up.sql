-- no-transaction
-- Up: builds the index users_pkey_new of users.
-- Why: the old key holds until the index of the new one is built.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on users, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY users_pkey_new ON users (email, id);
