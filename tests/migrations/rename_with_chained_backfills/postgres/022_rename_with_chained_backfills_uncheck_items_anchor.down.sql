-- no-transaction
-- Down: adds the check items_anchor_not_null again, so that the file before can be run again
--   without a look at the rows.
-- Why: takes back what the way up did (drops the check items_anchor_not_null).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on items.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE items
    DROP CONSTRAINT IF EXISTS items_anchor_not_null;
ALTER TABLE items
    ADD CONSTRAINT items_anchor_not_null CHECK (anchor IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE items
    VALIDATE CONSTRAINT items_anchor_not_null;
COMMIT;
