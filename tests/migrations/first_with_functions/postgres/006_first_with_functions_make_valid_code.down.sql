-- Down: takes away valid_code.
-- Why: takes back what the way up did (makes valid_code).
-- Phase: contract.
-- Locks: those of its statements.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP FUNCTION valid_code(TEXT);
