-- no-transaction
-- Up: creates the function log_order.
-- Why: the triggers of the models call it.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE FUNCTION log_order() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN RETURN NULL; END
$$;
