-- Down: lets orders.number take NULL.
-- Why: takes back what the way up did (forbids NULL in orders.number).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ALTER COLUMN number DROP NOT NULL;
