-- no-transaction
-- Up: drops the column purchases.note and what kept it alike.
-- Why: its values are in purchases.remark.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of purchases.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM purchases WHERE note IS NOT NULL AND remark IS DISTINCT FROM note) THEN
        RAISE EXCEPTION 'purchases.remark does not hold what purchases.note held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER purchases_remark_sync ON purchases;
DROP FUNCTION purchases_remark_sync();
ALTER TABLE purchases
    DROP COLUMN note;
COMMIT;
