-- no-transaction
-- Down: adds the foreign key items_parent_id_fkey of goods again.
-- Why: takes back what the way up did (drops the foreign key items_parent_id_fkey of goods).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of goods.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM goods WHERE goods.parent_id IS NOT NULL AND NOT EXISTS (SELECT FROM goods AS target WHERE target.id = goods.parent_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key items_parent_id_fkey of goods, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM goods WHERE goods.parent_id IS NOT NULL AND NOT EXISTS (SELECT FROM goods AS target WHERE target.id = goods.parent_id); and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE goods
    DROP CONSTRAINT IF EXISTS items_parent_id_fkey;
ALTER TABLE goods
    ADD CONSTRAINT items_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES goods (id) ON DELETE SET NULL NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE goods
    VALIDATE CONSTRAINT items_parent_id_fkey;
COMMIT;
