-- Up: makes the index users_id_unique the unique key users_id_unique of users.
-- Why: the index is there, so nothing is read.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint
        WHERE conrelid = to_regclass('users') AND conname = 'users_id_unique'
    ) THEN
        ALTER TABLE users
            ADD CONSTRAINT users_id_unique UNIQUE USING INDEX users_id_unique;
    END IF;
END
$$;
