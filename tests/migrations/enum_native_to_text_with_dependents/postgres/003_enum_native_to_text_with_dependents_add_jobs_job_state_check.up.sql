-- Up: adds the check jobs_job_state_check of jobs, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on jobs.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE jobs
    ADD CONSTRAINT jobs_job_state_check CHECK (job_state IN ('queued', 'running', 'odd')) NOT VALID;
