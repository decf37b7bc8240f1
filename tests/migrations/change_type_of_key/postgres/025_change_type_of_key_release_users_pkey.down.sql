-- no-transaction
-- Down: builds the index users_pkey_old of users.
-- Why: takes back what the way up did (leaves the primary key users_pkey of users to the next
--   file).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on users, which lets rows be read and written.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY users_pkey_old ON users (id_old);
