-- Up: adds the column users.id_new, empty.
-- Why: it takes the place of users.id, which the old release goes on using.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE users
    ADD COLUMN id_new BIGINT;
