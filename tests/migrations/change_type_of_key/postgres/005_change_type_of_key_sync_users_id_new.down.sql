-- no-transaction
-- Down: drops the trigger users_id_new_sync of users, where users.id has all of users.id_new.
-- Why: takes back what the way up did (creates the trigger users_id_new_sync of users).
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
    IF EXISTS (SELECT FROM users WHERE id_new IS NOT NULL AND id_new IS DISTINCT FROM CAST(id AS BIGINT)) THEN
        RAISE EXCEPTION 'some rows have values in users.id_new that INTEGER does not take'
            USING HINT = 'give these rows a value in users.id_new that INTEGER takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION users_id_new_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.id_new IS NULL THEN
            NEW.id_new := CAST(NEW.id AS BIGINT);
        ELSE
            NEW.id := CAST(NEW.id_new AS INTEGER);
        END IF;
    ELSIF NEW.id_new IS DISTINCT FROM OLD.id_new THEN
        IF NEW.id_new IS DISTINCT FROM CAST(NEW.id AS BIGINT) THEN
            NEW.id := CAST(NEW.id_new AS INTEGER);
        END IF;
    ELSIF NEW.id_new IS NULL OR NEW.id IS DISTINCT FROM OLD.id THEN
        NEW.id_new := CAST(NEW.id AS BIGINT);
    END IF;
    IF NEW.id_new IS NOT NULL AND NEW.id_new IS DISTINCT FROM CAST(NEW.id AS BIGINT) THEN
        RAISE EXCEPTION 'users.id_new takes no value any more that INTEGER does not take: the old release comes back'
            USING HINT = 'stop the new release, or give it a value that the old one reads';
    END IF;
    RETURN NEW;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM users WHERE id_new IS NOT NULL AND id_new IS DISTINCT FROM CAST(id AS BIGINT)) THEN
        RAISE EXCEPTION 'some rows have values in users.id_new that INTEGER does not take'
            USING HINT = 'give these rows a value in users.id_new that INTEGER takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER users_id_new_sync ON users;
DROP FUNCTION users_id_new_sync();
COMMIT;
