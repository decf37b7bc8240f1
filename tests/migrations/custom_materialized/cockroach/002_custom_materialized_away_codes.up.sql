-- no-transaction
-- Up: takes away codes.
-- Why: what it stands on changes.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP MATERIALIZED VIEW codes;
