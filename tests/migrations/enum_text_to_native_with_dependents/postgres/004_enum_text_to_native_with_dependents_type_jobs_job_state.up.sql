-- Up: makes jobs.job_state job_state.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on jobs, while every row is written.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns jobs.job_state.
-- Acknowledged: rewrites jobs.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

DROP TRIGGER jobs_note_job ON jobs;
DROP POLICY known ON jobs;
ALTER TABLE jobs
    DROP CONSTRAINT jobs_job_state_started_at_check;
DROP INDEX jobs_number_unique;
DROP INDEX idx_jobs_created_at;
ALTER TABLE jobs
    DROP COLUMN is_queued;
ALTER TABLE jobs
    ALTER COLUMN job_state DROP DEFAULT;
ALTER TABLE jobs
    ALTER COLUMN job_state TYPE job_state USING job_state::job_state;
ALTER TABLE jobs
    ALTER COLUMN job_state SET DEFAULT 'queued';
ALTER TABLE jobs
    ADD COLUMN is_queued BOOLEAN NOT NULL GENERATED ALWAYS AS (job_state = 'queued') STORED;
CREATE INDEX idx_jobs_created_at ON jobs (created_at) WHERE job_state = 'queued';
CREATE UNIQUE INDEX jobs_number_unique ON jobs (number) WHERE job_state <> 'running';
ALTER TABLE jobs
    ADD CONSTRAINT jobs_job_state_started_at_check CHECK (job_state <> 'running' OR started_at IS NOT NULL);
CREATE POLICY known ON jobs
    USING (job_state <> 'odd' OR number > 0);
CREATE TRIGGER jobs_note_job
    BEFORE UPDATE OF job_state ON jobs
    FOR EACH ROW
    WHEN (NEW.job_state = 'running')
    EXECUTE FUNCTION note_job();
