-- no-transaction
-- Down: adds the check items_tone_check of goods again.
-- Why: takes back what the way up did (drops the check items_tone_check of goods).
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
    IF EXISTS (SELECT FROM goods WHERE NOT (tone IN ('low', 'high'))) THEN
        RAISE EXCEPTION 'some rows break the check items_tone_check of goods, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM goods WHERE NOT (tone IN (''low'', ''high'')); and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE goods
    DROP CONSTRAINT IF EXISTS items_tone_check;
ALTER TABLE goods
    ADD CONSTRAINT items_tone_check CHECK (tone IN ('low', 'high')) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE goods
    VALIDATE CONSTRAINT items_tone_check;
COMMIT;
