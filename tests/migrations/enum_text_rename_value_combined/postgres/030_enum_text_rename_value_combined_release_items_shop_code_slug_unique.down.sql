-- Down: makes the index items_shop_code_slug_unique the unique key items_shop_code_slug_unique of
--   goods.
-- Why: takes back what the way up did (leaves the unique key items_shop_code_slug_unique of goods
--   to the next file).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint
        WHERE conrelid = to_regclass('goods') AND conname = 'items_shop_code_slug_unique'
    ) THEN
        ALTER TABLE goods
            ADD CONSTRAINT items_shop_code_slug_unique UNIQUE USING INDEX items_shop_code_slug_unique;
    END IF;
END
$$;
