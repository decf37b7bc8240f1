-- Up: puts the primary key orders_pkey of orders in the place of the old one.
-- Why: the index of the new key is built, so nothing is read.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF to_regclass('orders_pkey_old') IS NOT NULL THEN
        DROP INDEX orders_pkey_old;
    END IF;
END
$$;
DO $$
BEGIN
    IF to_regclass('orders_pkey_new') IS NOT NULL THEN
        ALTER TABLE orders
            DROP CONSTRAINT orders_pkey;
        ALTER TABLE orders
            ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_pkey_new;
    END IF;
END
$$;
