-- Up: makes sure that the index goods_shop_code_slug_unique of goods is valid.
-- Why: a build that was interrupted leaves an index that no query uses.
-- Phase: contract.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_index
        WHERE indexrelid = to_regclass('goods_shop_code_slug_unique') AND indisvalid
    ) THEN
        RAISE EXCEPTION 'the index goods_shop_code_slug_unique is not valid: its build failed'
            USING HINT = 'DROP INDEX CONCURRENTLY goods_shop_code_slug_unique; then create it again';
    END IF;
END
$$;
