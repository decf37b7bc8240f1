-- no-transaction
-- Down: adds the check users_id_new_not_null again, so that the file before can be run again
--   without a look at the rows.
-- Why: takes back what the way up did (drops the check users_id_new_not_null).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE users
    DROP CONSTRAINT IF EXISTS users_id_new_not_null;
ALTER TABLE users
    ADD CONSTRAINT users_id_new_not_null CHECK (id_new IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE users
    VALIDATE CONSTRAINT users_id_new_not_null;
COMMIT;
