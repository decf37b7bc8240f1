-- Up: creates the function keep_note.
-- Why: the triggers of the models call it.
-- Phase: expand.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION keep_note() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN NEW.note := OLD.note; RETURN NEW; END
$$;
