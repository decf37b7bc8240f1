-- no-transaction
-- Down: creates the function log_order again.
-- Why: takes back what the way up did (drops the function log_order).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION log_order() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN RETURN NULL; END
$$;
