-- no-transaction
-- Up: makes twice.
-- Why: what it stands on is there.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION twice(value INT8) RETURNS INT8
    LANGUAGE sql IMMUTABLE
    AS 'SELECT value * 2';
