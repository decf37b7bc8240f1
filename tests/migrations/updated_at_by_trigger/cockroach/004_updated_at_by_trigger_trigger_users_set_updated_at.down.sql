-- no-transaction
-- Down: drops the trigger users_set_updated_at of users.
-- Why: takes back what the way up did (creates the trigger users_set_updated_at of users).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER users_set_updated_at ON users;
