-- Up: puts the primary key users_pkey of users in the place of the old one.
-- Why: the index of the new key is built, so nothing is read.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF to_regclass('users_pkey_old') IS NOT NULL THEN
        DROP INDEX users_pkey_old;
    END IF;
END
$$;
DO $$
BEGIN
    IF to_regclass('users_pkey_new') IS NOT NULL THEN
        ALTER TABLE users
            DROP CONSTRAINT users_pkey;
        ALTER TABLE users
            ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey_new;
    END IF;
END
$$;
