-- Up: makes orders.price NUMERIC.
-- Why: PostgreSQL does this without a look at the rows.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Prepared: a statement of an open connection fails once where it returns orders.price.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ALTER COLUMN price TYPE NUMERIC;
