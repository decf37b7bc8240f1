-- Up: renames what the models name otherwise in users and accounts and orders.
-- Why: it was acknowledged that no program runs meanwhile.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on users and accounts and orders.
-- Takes: an instant, once it has the lock.
-- Acknowledged: offline rename.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE users
    RENAME TO accounts;
ALTER TABLE orders
    RENAME COLUMN user_id TO account_id;
