-- Down: makes again codes.
-- Why: takes back what the way up did (takes away codes).
-- Phase: contract.
-- Locks: those of its statements.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE MATERIALIZED VIEW codes AS
    SELECT DISTINCT code FROM orders;
