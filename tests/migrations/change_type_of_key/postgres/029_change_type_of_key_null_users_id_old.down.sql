-- no-transaction
-- Down: forbids NULL in users.id_old again; where rows have it, give them a value first.
-- Why: takes back what the way up did (lets users.id_old take NULL).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on users.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of users.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM users WHERE id_old IS NULL) THEN
        RAISE EXCEPTION 'some rows have NULL in users.id_old, which took none before'
            USING HINT = 'give these rows a value in users.id_old, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE users
    DROP CONSTRAINT IF EXISTS users_id_old_not_null;
ALTER TABLE users
    ADD CONSTRAINT users_id_old_not_null CHECK (id_old IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE users
    VALIDATE CONSTRAINT users_id_old_not_null;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE users
    ALTER COLUMN id_old SET NOT NULL;
ALTER TABLE users
    DROP CONSTRAINT users_id_old_not_null;
COMMIT;
