-- Up: makes orders.code VARCHAR(40).
-- Why: PostgreSQL does this without a look at the rows.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Prepared: a statement of an open connection fails once where it returns orders.code.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ALTER COLUMN code TYPE VARCHAR(40);
