-- no-transaction
-- Up: makes make_ref.
-- Why: what it stands on is there.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION make_ref() RETURNS TEXT LANGUAGE sql AS 'SELECT gen_random_uuid()::text';
