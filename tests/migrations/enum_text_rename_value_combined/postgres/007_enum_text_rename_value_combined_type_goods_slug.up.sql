-- Up: makes goods.slug VARCHAR(80).
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods, while every row is written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of goods.
-- Acknowledged: rewrites goods, no loss in goods.slug.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE goods IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM goods WHERE char_length(slug::text) > 80) THEN
        RAISE EXCEPTION 'some rows have values in goods.slug that VARCHAR(80) does not take'
            USING HINT = 'change the rows of SELECT * FROM goods WHERE char_length(slug::text) > 80; and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in goods.slug that VARCHAR(80) does not take'
        USING HINT = 'change the rows of SELECT * FROM goods WHERE char_length(slug::text) > 80; and run this file again';
END
$$;
ALTER TABLE goods
    ALTER COLUMN slug TYPE VARCHAR(80) USING slug::VARCHAR(80);
