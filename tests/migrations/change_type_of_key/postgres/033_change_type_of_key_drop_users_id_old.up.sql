-- no-transaction
-- Up: drops the column users.id_old and what kept it alike.
-- Why: its values are in users.id.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of users.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM users WHERE id_old IS NOT NULL AND id_old IS DISTINCT FROM CAST(id AS INTEGER)) THEN
        RAISE EXCEPTION 'users.id does not hold what users.id_old held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER users_id_old_sync ON users;
DROP FUNCTION users_id_old_sync();
ALTER TABLE users
    DROP COLUMN id_old;
COMMIT;
