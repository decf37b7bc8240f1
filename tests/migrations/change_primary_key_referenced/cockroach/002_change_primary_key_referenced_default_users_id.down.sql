-- no-transaction
-- Down: gives users.id the default gen_random_uuid().
-- Why: takes back what the way up did (takes the default of users.id away).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE users
    ALTER COLUMN id SET DEFAULT gen_random_uuid();
