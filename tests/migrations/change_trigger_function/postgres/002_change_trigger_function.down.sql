-- Down: changes the function log_order back.
-- Why: takes back what the way up did (changes the function log_order).
-- Phase: contract.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE OR REPLACE FUNCTION log_order() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN RETURN NULL; END
$$;
