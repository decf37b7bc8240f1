-- Up: makes make_ref.
-- Why: what it stands on is there.
-- Phase: expand.
-- Locks: those of its statements.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

SET LOCAL check_function_bodies = off;

CREATE FUNCTION make_ref() RETURNS TEXT LANGUAGE sql AS 'SELECT lpad((100000 + count(*))::text, 6, ''0'') FROM articles';
