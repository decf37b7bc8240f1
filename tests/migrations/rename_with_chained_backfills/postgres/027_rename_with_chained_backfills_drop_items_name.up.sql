-- no-transaction
-- Up: drops the column items.name and what kept it alike.
-- Why: its values are in items.title.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on items.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of items.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM items WHERE name IS NOT NULL AND title IS DISTINCT FROM name) THEN
        RAISE EXCEPTION 'items.title does not hold what items.name held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER items_01_title_sync ON items;
DROP FUNCTION items_01_title_sync();
ALTER TABLE items
    DROP COLUMN name;
COMMIT;
