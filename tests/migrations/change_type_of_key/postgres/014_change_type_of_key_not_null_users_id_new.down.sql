-- Down: lets users.id_new take NULL.
-- Why: takes back what the way up did (forbids NULL in users.id_new).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE users
    ALTER COLUMN id_new DROP NOT NULL;
