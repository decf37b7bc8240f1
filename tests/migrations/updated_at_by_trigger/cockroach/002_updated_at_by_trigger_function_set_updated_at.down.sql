-- no-transaction
-- Down: drops the function set_updated_at.
-- Why: takes back what the way up did (creates the function set_updated_at).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION set_updated_at();
