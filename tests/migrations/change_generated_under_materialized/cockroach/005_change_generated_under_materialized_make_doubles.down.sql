-- no-transaction
-- Down: takes away doubles.
-- Why: takes back what the way up did (makes doubles).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP MATERIALIZED VIEW doubles;
