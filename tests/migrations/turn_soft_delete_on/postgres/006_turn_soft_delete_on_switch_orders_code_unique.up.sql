-- Up: puts the unique index orders_code_unique of orders in the place of the old one.
-- Why: the index of the new key is built, so nothing is read.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF to_regclass('orders_code_unique_old') IS NOT NULL THEN
        DROP INDEX orders_code_unique_old;
    END IF;
END
$$;
DO $$
BEGIN
    IF to_regclass('orders_code_unique_new') IS NOT NULL THEN
        IF EXISTS (
            SELECT FROM pg_index
            WHERE indexrelid = to_regclass('orders_code_unique_new') AND NOT indisvalid
        ) THEN
            RAISE EXCEPTION 'the index orders_code_unique_new is not valid: its build failed'
                USING HINT = 'DROP INDEX CONCURRENTLY orders_code_unique_new; then create it again';
        END IF;
        ALTER TABLE orders
            DROP CONSTRAINT orders_code_unique;
        ALTER INDEX orders_code_unique_new
            RENAME TO orders_code_unique;
    END IF;
END
$$;
