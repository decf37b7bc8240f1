-- no-transaction
-- Down: takes away twice.
-- Why: takes back what the way up did (makes twice).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION twice(INT8);
