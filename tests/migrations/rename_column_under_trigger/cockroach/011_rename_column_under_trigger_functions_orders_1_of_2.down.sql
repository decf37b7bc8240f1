-- no-transaction
-- Down: lets the triggers of orders write the old columns again.
-- Why: takes back what the way up did (lets the triggers of orders write the new columns).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE OR REPLACE FUNCTION tidy() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN NEW.name := upper(NEW.name); RETURN NEW; END
$$;
