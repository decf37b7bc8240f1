-- no-transaction
-- Down: takes away norm_name.
-- Why: takes back what the way up did (makes norm_name).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION norm_name(TEXT);
