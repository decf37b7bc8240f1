-- Down: replaces valid_code with what it was.
-- Why: takes back what the way up did (replaces valid_code).
-- Phase: contract.
-- Locks: those of its statements.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE OR REPLACE FUNCTION valid_code(a TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS 'SELECT length(a) > 0';
