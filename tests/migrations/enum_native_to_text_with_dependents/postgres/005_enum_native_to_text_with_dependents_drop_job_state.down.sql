-- Down: creates the type job_state again.
-- Why: takes back what the way up did (drops the type job_state).
-- Phase: expand.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE job_state AS ENUM ('queued', 'running', 'odd');
