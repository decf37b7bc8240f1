-- Up: makes sure that users.id holds what users.id_old held.
-- Why: a column is dropped only when its values are known to be in the other one.
-- Phase: contract.
-- Locks: ACCESS SHARE on users.
-- Takes: as long as every row takes to be read.
-- Reads: every row of users.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM users WHERE id_old IS DISTINCT FROM CAST(id AS INTEGER)) THEN
        RAISE EXCEPTION 'users.id does not hold what users.id_old held'
            USING HINT = 'run the file that fills it again, and look whether the trigger that keeps the two alike is there';
    END IF;
END
$$;
