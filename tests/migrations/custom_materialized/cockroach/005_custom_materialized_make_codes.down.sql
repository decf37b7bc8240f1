-- no-transaction
-- Down: takes away codes.
-- Why: takes back what the way up did (makes codes).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP MATERIALIZED VIEW codes;
