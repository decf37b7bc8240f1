-- Down: takes away doubles.
-- Why: takes back what the way up did (makes doubles).
-- Phase: expand.
-- Locks: those of its statements.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP MATERIALIZED VIEW doubles;
