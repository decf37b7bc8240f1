-- Down: renames the constraints and indexes of purchases back.
-- Why: takes back what the way up did (renames the constraints and indexes of purchases).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    RENAME CONSTRAINT purchases_pkey TO orders_pkey;
