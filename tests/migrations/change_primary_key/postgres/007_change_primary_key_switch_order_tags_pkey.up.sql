-- Up: puts the primary key order_tags_pkey of order_tags in the place of the old one.
-- Why: the index of the new key is built, so nothing is read.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on order_tags.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF to_regclass('order_tags_pkey_old') IS NOT NULL THEN
        DROP INDEX order_tags_pkey_old;
    END IF;
END
$$;
DO $$
BEGIN
    IF to_regclass('order_tags_pkey_new') IS NOT NULL THEN
        ALTER TABLE order_tags
            DROP CONSTRAINT order_tags_pkey;
        ALTER TABLE order_tags
            ADD CONSTRAINT order_tags_pkey PRIMARY KEY USING INDEX order_tags_pkey_new;
    END IF;
END
$$;
