-- Up: lets orders.weight take NULL.
-- Why: it goes in a moment; until then the trigger gives it its values.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ALTER COLUMN weight DROP NOT NULL;
