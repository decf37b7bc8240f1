-- Up: renames the constraints and indexes of purchases.
-- Why: their names follow from the names of the table and its columns.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    RENAME CONSTRAINT orders_pkey TO purchases_pkey;
