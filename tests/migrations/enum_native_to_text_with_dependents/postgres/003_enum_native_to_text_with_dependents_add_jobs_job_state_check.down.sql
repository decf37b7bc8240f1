-- Down: drops the check jobs_job_state_check of jobs.
-- Why: takes back what the way up did (adds the check jobs_job_state_check of jobs, not valid yet).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on jobs.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE jobs
    DROP CONSTRAINT IF EXISTS jobs_job_state_check;
