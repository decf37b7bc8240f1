-- no-transaction
-- Down: adds the check events_label_not_null again, so that the file before can be run again
--   without a look at the rows.
-- Why: takes back what the way up did (drops the check events_label_not_null).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on events; and on the partitions events_2026_01.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE events
    DROP CONSTRAINT IF EXISTS events_label_not_null;
ALTER TABLE events
    ADD CONSTRAINT events_label_not_null CHECK (label IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE events
    VALIDATE CONSTRAINT events_label_not_null;
COMMIT;
