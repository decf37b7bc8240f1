-- no-transaction
-- Down: adds the check purchases_code_not_null again, so that the file before can be run again
--   without a look at the rows.
-- Why: takes back what the way up did (drops the check purchases_code_not_null).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE purchases
    DROP CONSTRAINT IF EXISTS purchases_code_not_null;
ALTER TABLE purchases
    ADD CONSTRAINT purchases_code_not_null CHECK (code IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE purchases
    VALIDATE CONSTRAINT purchases_code_not_null;
COMMIT;
