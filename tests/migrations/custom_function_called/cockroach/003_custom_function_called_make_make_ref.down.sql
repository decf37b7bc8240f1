-- no-transaction
-- Down: takes away make_ref.
-- Why: takes back what the way up did (makes make_ref).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION make_ref();
