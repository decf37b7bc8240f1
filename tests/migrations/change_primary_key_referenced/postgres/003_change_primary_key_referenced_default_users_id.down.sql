-- Down: gives users.id the default gen_random_uuid().
-- Why: takes back what the way up did (takes the default of users.id away).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE users
    ALTER COLUMN id SET DEFAULT gen_random_uuid();
