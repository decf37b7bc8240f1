-- Down: puts the primary key order_tags_pkey of order_tags back, where another took its place.
-- Why: takes back what the way up did (builds the index order_tags_pkey_new of order_tags).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on order_tags.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF to_regclass('order_tags_pkey_new') IS NOT NULL THEN
        DROP INDEX order_tags_pkey_new;
    ELSE
        ALTER TABLE order_tags
            DROP CONSTRAINT order_tags_pkey;
        ALTER TABLE order_tags
            ADD CONSTRAINT order_tags_pkey PRIMARY KEY USING INDEX order_tags_pkey_old;
    END IF;
END
$$;
DROP INDEX IF EXISTS order_tags_pkey_old;
