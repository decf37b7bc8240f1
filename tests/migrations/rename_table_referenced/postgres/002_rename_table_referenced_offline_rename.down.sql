-- Down: renames users and accounts and orders back.
-- Why: takes back what the way up did (renames what the models name otherwise in users and accounts
--   and orders).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on users and accounts and orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    RENAME COLUMN account_id TO user_id;
ALTER TABLE accounts
    RENAME TO users;
