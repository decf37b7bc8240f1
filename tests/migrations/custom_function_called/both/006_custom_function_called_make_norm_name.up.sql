-- no-transaction
-- Up: makes norm_name.
-- Why: what it stands on is there.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION norm_name(a TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS 'SELECT lower(a)';
