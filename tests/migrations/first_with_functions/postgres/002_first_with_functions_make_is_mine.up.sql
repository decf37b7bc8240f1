-- Up: makes is_mine.
-- Why: what it stands on is there.
-- Phase: expand.
-- Locks: those of its statements.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION is_mine(a TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE AS 'SELECT a = current_user OR current_user <> ''app''';
