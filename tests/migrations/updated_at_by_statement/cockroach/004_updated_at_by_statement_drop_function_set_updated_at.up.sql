-- no-transaction
-- Up: drops the function set_updated_at.
-- Why: no trigger calls it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION set_updated_at();
