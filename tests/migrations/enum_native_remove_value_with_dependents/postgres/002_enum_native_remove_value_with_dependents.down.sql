-- Down: makes the type job_state as it was.
-- Why: takes back what the way up did (makes the type job_state anew).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on jobs.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

DROP TRIGGER jobs_note_job ON jobs;
ALTER TABLE jobs
    DROP CONSTRAINT jobs_job_state_started_at_check;
DROP INDEX jobs_number_unique;
DROP INDEX idx_jobs_created_at;
DROP INDEX idx_jobs_number_is_queued;
ALTER TABLE jobs
    DROP COLUMN is_queued;
ALTER TYPE job_state RENAME TO job_state_old;
CREATE TYPE job_state AS ENUM ('queued', 'running', 'obsolete');
ALTER TABLE jobs
    ALTER COLUMN job_state DROP DEFAULT;
ALTER TABLE jobs
    ALTER COLUMN job_state TYPE job_state USING job_state::text::job_state;
ALTER TABLE jobs
    ALTER COLUMN job_state SET DEFAULT 'queued';
DROP TYPE job_state_old;
ALTER TABLE jobs
    ADD COLUMN is_queued BOOLEAN NOT NULL GENERATED ALWAYS AS (job_state = 'queued') STORED;
COMMENT ON COLUMN jobs.is_queued IS 'Whether nobody works on it.';
CREATE INDEX idx_jobs_number_is_queued ON jobs (number, is_queued);
CREATE INDEX idx_jobs_created_at ON jobs (created_at) WHERE job_state = 'queued';
CREATE UNIQUE INDEX jobs_number_unique ON jobs (number) WHERE job_state <> 'running';
ALTER TABLE jobs
    ADD CONSTRAINT jobs_job_state_started_at_check CHECK (job_state <> 'running' OR started_at IS NOT NULL);
CREATE TRIGGER jobs_note_job
    BEFORE UPDATE OF job_state ON jobs
    FOR EACH ROW
    WHEN (NEW.job_state = 'running')
    EXECUTE FUNCTION note_job();
