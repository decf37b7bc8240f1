-- no-transaction
-- Down: changes the function log_order back.
-- Why: takes back what the way up did (changes the function log_order).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE OR REPLACE FUNCTION log_order() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN RETURN NULL; END
$$;
