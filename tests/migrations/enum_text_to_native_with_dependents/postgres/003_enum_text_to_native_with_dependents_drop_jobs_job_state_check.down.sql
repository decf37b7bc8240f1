-- no-transaction
-- Down: adds the check jobs_job_state_check of jobs again.
-- Why: takes back what the way up did (drops the check jobs_job_state_check of jobs).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on jobs.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of jobs.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
LOCK TABLE jobs IN ACCESS SHARE MODE;
DO $$
BEGIN
    IF row_security_active('jobs') THEN
        RAISE EXCEPTION 'row-level security hides rows of jobs from this role, and the migration must see every row'
            USING HINT = 'apply the migrations as a role with BYPASSRLS that is a member of the tables'' owner; or, where the program does not connect as the owner: cargo schema migrate … --acknowledge "no FORCE on jobs"';
    END IF;
END
$$;
DO $$
BEGIN
    IF EXISTS (SELECT FROM jobs WHERE NOT (job_state IN ('queued', 'running', 'odd'))) THEN
        RAISE EXCEPTION 'some rows break the check jobs_job_state_check of jobs, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM jobs WHERE NOT (job_state IN (''queued'', ''running'', ''odd'')); and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE jobs
    DROP CONSTRAINT IF EXISTS jobs_job_state_check;
ALTER TABLE jobs
    ADD CONSTRAINT jobs_job_state_check CHECK (job_state IN ('queued', 'running', 'odd')) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE jobs
    VALIDATE CONSTRAINT jobs_job_state_check;
COMMIT;
