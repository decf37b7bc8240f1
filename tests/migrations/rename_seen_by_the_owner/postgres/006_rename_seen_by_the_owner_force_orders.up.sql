-- Up: holds the owner of orders to its policies again.
-- Why: the files that read every row stand before it.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Policies: forced on orders.
-- Acknowledged: no FORCE on orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    FORCE ROW LEVEL SECURITY;
