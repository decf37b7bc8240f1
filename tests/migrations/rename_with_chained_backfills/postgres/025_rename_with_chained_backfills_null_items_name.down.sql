-- no-transaction
-- Down: forbids NULL in items.name again; where rows have it, give them a value first.
-- Why: takes back what the way up did (lets items.name take NULL).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on items.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of items.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM items WHERE name IS NULL) THEN
        RAISE EXCEPTION 'some rows have NULL in items.name, which took none before'
            USING HINT = 'give these rows a value in items.name, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE items
    DROP CONSTRAINT IF EXISTS items_name_not_null;
ALTER TABLE items
    ADD CONSTRAINT items_name_not_null CHECK (name IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE items
    VALIDATE CONSTRAINT items_name_not_null;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE items
    ALTER COLUMN name SET NOT NULL;
ALTER TABLE items
    DROP CONSTRAINT items_name_not_null;
COMMIT;
