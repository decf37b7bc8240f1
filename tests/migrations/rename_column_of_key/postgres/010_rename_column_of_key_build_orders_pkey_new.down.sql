-- Down: puts the primary key orders_pkey of orders back, where another took its place.
-- Why: takes back what the way up did (builds the index orders_pkey_new of orders).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF to_regclass('orders_pkey_new') IS NOT NULL THEN
        DROP INDEX orders_pkey_new;
    ELSE
        ALTER TABLE orders
            DROP CONSTRAINT orders_pkey;
        ALTER TABLE orders
            ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_pkey_old;
    END IF;
END
$$;
DROP INDEX IF EXISTS orders_pkey_old;
