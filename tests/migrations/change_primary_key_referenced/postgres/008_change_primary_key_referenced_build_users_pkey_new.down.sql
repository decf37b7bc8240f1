-- Down: puts the primary key users_pkey of users back, where another took its place.
-- Why: takes back what the way up did (builds the index users_pkey_new of users).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF to_regclass('users_pkey_new') IS NOT NULL THEN
        DROP INDEX users_pkey_new;
    ELSE
        ALTER TABLE users
            DROP CONSTRAINT users_pkey;
        ALTER TABLE users
            ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey_old;
    END IF;
END
$$;
DROP INDEX IF EXISTS users_pkey_old;
