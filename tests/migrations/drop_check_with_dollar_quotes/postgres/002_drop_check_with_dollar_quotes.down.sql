-- no-transaction
-- Down: adds the check assets_code_check of assets again.
-- Why: takes back what the way up did (drops the check assets_code_check of assets).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on assets.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of assets.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $body0$
BEGIN
    IF EXISTS (SELECT FROM assets WHERE NOT (code <> 'some $$ text')) THEN
        RAISE EXCEPTION 'some rows break the check assets_code_check of assets, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM assets WHERE NOT (code <> ''some $$ text''); and run this file again';
    END IF;
END
$body0$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE assets
    DROP CONSTRAINT IF EXISTS assets_code_check;
ALTER TABLE assets
    ADD CONSTRAINT assets_code_check CHECK (code <> 'some $$ text') NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE assets
    VALIDATE CONSTRAINT assets_code_check;
COMMIT;
