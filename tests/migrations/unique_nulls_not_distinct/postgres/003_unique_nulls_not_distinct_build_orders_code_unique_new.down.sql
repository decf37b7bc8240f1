-- Down: puts the unique key orders_code_unique of orders back, where another took its place.
-- Why: takes back what the way up did (builds the index orders_code_unique_new of orders).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF to_regclass('orders_code_unique_new') IS NOT NULL THEN
        DROP INDEX orders_code_unique_new;
    ELSE
        ALTER TABLE orders
            DROP CONSTRAINT orders_code_unique;
        ALTER TABLE orders
            ADD CONSTRAINT orders_code_unique UNIQUE USING INDEX orders_code_unique_old;
    END IF;
END
$$;
DROP INDEX IF EXISTS orders_code_unique_old;
