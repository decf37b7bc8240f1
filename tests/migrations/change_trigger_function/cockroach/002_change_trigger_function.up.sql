-- no-transaction
-- Up: changes the function log_order.
-- Why: its triggers go on, with the new body.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE OR REPLACE FUNCTION log_order() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN NULL; RETURN NULL; END
$$;
